using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GenieLoad.Engine.Telemetry;

/// <summary>Ids that follow from run and question, so that a run that is exported again has the same.</summary>
/// <param name="seed">Id of the run, or what tells this copy of it from others.</param>
/// <param name="index">Place of the question in the plan.</param>
internal sealed class SpanIds(string seed, int index)
{
    private readonly string _question = string.Create(CultureInfo.InvariantCulture, $"{seed}/{index}");

    /// <summary>Id of the trace: 32 hexadecimal digits.</summary>
    public string Trace => Hash(_question, 16);

    /// <summary>Id of a span: 16 hexadecimal digits.</summary>
    /// <param name="name">Its name, one of its kind in the trace.</param>
    public string Span(string name) => Hash($"{_question}/{name}", 8);

    private static string Hash(string text, int bytes) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes)).ToLowerInvariant();
}
