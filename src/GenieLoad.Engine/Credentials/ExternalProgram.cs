using System.ComponentModel;
using System.Diagnostics;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Credentials;

/// <summary>
/// A program that prints a token, such as <c>az</c>. Its command line is seen by every user of the machine, so no secret ever stands in
/// it; what it prints is read and shown nowhere.
/// </summary>
/// <param name="name">Its name, without extension.</param>
/// <param name="path">Where it is.</param>
internal sealed class ExternalProgram(string name, string path)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private const int LongestOutput = 1024 * 1024;
    private const int LongestReason = 600;

    /// <summary>Finds a program on the PATH.</summary>
    /// <param name="name">Its name, without extension.</param>
    /// <param name="context">Reads the PATH.</param>
    /// <returns><see langword="null"/> where it is not.</returns>
    public static ExternalProgram? Find(string name, CredentialContext context)
    {
        // az is a .cmd on Windows.
        string[] extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        foreach (string folder in (context.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string extension in extensions)
            {
                // A program beside the script that runs is not the one that was installed.
                if (Path.IsPathFullyQualified(folder) && Path.Combine(folder, name + extension) is var path && File.Exists(path))
                    return new ExternalProgram(name, path);
            }
        }
        return null;
    }

    /// <summary>Runs it and reads the token it prints.</summary>
    /// <param name="arguments">Arguments; never a secret.</param>
    /// <param name="now">The present.</param>
    /// <param name="recommendation">What to do when it fails.</param>
    /// <param name="cancellationToken">Ends it, with all it has started.</param>
    /// <exception cref="Model.GenieLoadException"><c>ProgramFailed</c>, <c>TokenAnswerUnusable</c>.</exception>
    public async Task<IssuedToken> GetTokenAsync(
        IEnumerable<string> arguments, Func<DateTimeOffset> now, string recommendation, CancellationToken cancellationToken)
    {
        // The start of a program takes its time, which the thread of a run's waits does not have.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using Process process = Start(arguments, recommendation);
        // On the machine's clock: another process does not know of ours.
        using var limit = new CancellationTokenSource(Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // What asks a question gets no answer, instead of waiting for ever.
            process.StandardInput.Close();
            Task<string> errors = ReadAsync(process.StandardError, either.Token);
            string output = await ReadAsync(process.StandardOutput, either.Token).ConfigureAwait(false);
            string complaint = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw CredentialErrors.ProgramFailed(name, Reason(complaint, process.ExitCode), recommendation);
            return TokenAnswer.Read(System.Text.Encoding.UTF8.GetBytes(output), now())
                ?? throw CredentialErrors.TokenAnswerUnusable(name, $"'{name}'");
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            cancellationToken.ThrowIfCancellationRequested();
            throw CredentialErrors.ProgramFailed(
                name, FormattableString.Invariant($"it did not end within {Limit.TotalSeconds:0} s"), recommendation);
        }
    }

    private Process Start(IEnumerable<string> arguments, string recommendation)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(path, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                CreateNoWindow = true,
            })!;
        }
        catch (Win32Exception e)
        {
            throw CredentialErrors.ProgramFailed(name, e.Message, recommendation);
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        char[] buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
        {
            // Read to the end, or the program would wait for somebody to read on; keep what a token can need.
            if (text.Length < LongestOutput)
                text.Append(buffer, 0, count);
        }
        return text.ToString();
    }

    private static string Reason(string complaint, int exitCode)
    {
        string text = Redactor.Redact(complaint.ReplaceLineEndings(" ").Trim());
        if (text.Length > LongestReason)
            text = string.Concat(text.AsSpan(0, LongestReason), "…");
        return text.Length > 0 ? text : FormattableString.Invariant($"it ended with exit code {exitCode}");
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException)
        {
            // It ended by itself in between.
        }
    }
}
