namespace GenieLoad.Engine.Tests;

/// <summary>Waits for what happens on other threads, with a limit that only a failure reaches.</summary>
internal static class Wait
{
    public static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
