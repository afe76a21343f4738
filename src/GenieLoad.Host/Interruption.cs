using System.Runtime.InteropServices;
using GenieLoad.Host.Terminals;

namespace GenieLoad.Host;

/// <summary>Turns the first Ctrl+C or SIGTERM into a clean stop and a second one into the end of the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly Terminal _terminal;
    private readonly Action _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public Interruption(Terminal terminal, Action stop)
    {
        _terminal = terminal;
        _stop = stop;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, Host.ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, Host.ExitCode.Terminated)),
        ];
    }

    /// <summary>The exit code of the first signal; <see langword="null"/> as long as there was none.</summary>
    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        var isFirst = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) == 0;

        // A thread that waits for a line from the keyboard cannot be stopped, and nothing is lost by ending there.
        if (!isFirst || _terminal.IsReading)
        {
            _terminal.EraseProgress();
            Environment.Exit(exitCode);
        }

        _terminal.Notice("Stopping. Press Ctrl+C again to end at once.");
        _stop();
    }
}
