using System.Diagnostics;

namespace GenieLoad.Engine.Tests.Files;

/// <summary>A named pipe that nobody ever writes into, where there are such things: whoever opens it waits for ever.</summary>
internal static class NamedPipe
{
    public static void Make(string path)
    {
        File.Delete(path);
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Does something that must not wait for the pipe; when it does, that is a failure and no hanging test.</summary>
    public static async Task<T> WithoutWaiting<T>(Func<T> action) =>
        await Task.Factory.StartNew(action, TaskCreationOptions.LongRunning).WaitAsync(TimeSpan.FromMinutes(2));

    public static Task WithoutWaiting(Action action) => WithoutWaiting(() =>
    {
        action();
        return true;
    });
}
