using System.Net;
using System.Text;
using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Conversations;

/// <summary>A simulated space with a past, on a fake clock.</summary>
internal sealed class TalkedSpace : IDisposable
{
    public TalkedSpace(SimulatorOptions? options = null)
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 15, 30, 0, TimeSpan.Zero));
        Simulator = GenieSimulator.Start(options ?? new SimulatorOptions { PastConversationCount = 60 }, Time);
    }

    public FakeTimeProvider Time { get; }

    public GenieSimulator Simulator { get; }

    /// <summary>What can be asked again, as its owner sees it: not in agent mode, and of one space.</summary>
    public IReadOnlyList<SimulatedPastMessage> Chats =>
        [.. Simulator.Record.PastMessages.Where(message => !message.IsAgent && message.SpaceId == Simulator.SpaceId)];

    /// <summary>Addresses of calls that are answered otherwise than by the simulator.</summary>
    public List<(string PathEnd, HttpStatusCode Status, string Body)> Otherwise { get; } = [];

    public GenieApiClient Open() => new(
        Simulator.Uri, TokenCredential.Create(Simulator.Token, "test"), new GenieClientOptions(), Time,
        handler: new Gateway(Simulator.CreateHandler(), Otherwise));

    public ConversationHistory Read(
        DateTime? since = null, Action<int, int>? progress = null, IReadOnlySet<string>? loadTests = null) => Time.Drive(async () =>
    {
        using GenieApiClient client = Open();
        return await new ConversationReader(client) { Progress = progress, LoadTests = loadTests ?? new HashSet<string>() }
            .ReadAsync(Simulator.SpaceId, since, CancellationToken.None);
    }).GetAwaiter().GetResult();

    public void Dispose() => Simulator.Dispose();

    private sealed class Gateway(HttpMessageHandler inner, List<(string PathEnd, HttpStatusCode Status, string Body)> otherwise)
        : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (string? end, HttpStatusCode status, string body) = otherwise
                .Find(one => request.RequestUri!.PathAndQuery.Contains(one.PathEnd, StringComparison.Ordinal));
            return end is null
                ? base.SendAsync(request, cancellationToken)
                : Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
