using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Tests.Runs;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class OwnConversationsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Conversations_of_the_runs_of_a_store_are_known_and_a_bad_folder_hides_none()
    {
        var store = new RunStore(_temporary.Path);
        await Keep(store, "01ef-one", "01ef-two");
        await Keep(store, "01ef-three");
        File.WriteAllText(Path.Combine((await Keep(store, "01ef-four")).Path, "run.json"), "no JSON");

        Assert.Equal(["01ef-one", "01ef-three", "01ef-two"], OwnConversations.In(store, null).Order());
    }

    [Fact]
    public async Task Runs_long_before_the_wanted_time_are_not_read()
    {
        var store = new RunStore(_temporary.Path);
        await Keep(store, "01ef-one");

        Assert.Single(OwnConversations.In(store, SampleRun.StartedAt.AddDays(2)));
        Assert.Empty(OwnConversations.In(store, SampleRun.StartedAt.AddDays(60)));
    }

    [Fact]
    public void Without_a_store_there_are_none()
    {
        Assert.Empty(OwnConversations.In(null, null));
        Assert.Empty(OwnConversations.In(new RunStore(_temporary.File("none")), null));
    }

    private static async Task<RunFolder> Keep(RunStore store, params string[] conversations)
    {
        RunFolder folder = store.Create("sample", SampleRun.StartedAt);
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(folder.Name), SampleRun.Plan(conversations.Length));
        for (int i = 0; i < conversations.Length; i++)
        {
            await journal.Started(i + 1, i);
            journal.Accepted(i + 1, conversations[i], $"m{i}");
        }
        return folder;
    }
}
