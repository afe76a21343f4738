using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>Ids as the service makes them: 32 hexadecimal digits, with or without dashes.</summary>
internal static class Hex
{
    public static string Draw(SeededRandom random) => string.Create(32, random, static (text, source) =>
    {
        for (int i = 0; i < text.Length; i += 8)
            ((uint)(source.NextDouble() * 4294967296.0)).TryFormat(text[i..], out _, "x8", null);
    });

    public static string DrawDashed(SeededRandom random)
    {
        string id = Draw(random);
        return $"{id[..8]}-{id[8..12]}-{id[12..16]}-{id[16..20]}-{id[20..]}";
    }
}
