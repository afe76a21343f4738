using System.Globalization;
using GenieLoad.Engine.Addresses;

namespace GenieLoad.Engine.Http;

/// <summary>
/// How many handles (open files and connections) this process may have, and how many connections that leaves. A process without a free
/// handle can open no file, start no thread's wait and write no row: some must always be left.
/// </summary>
internal static class HandleLimit
{
    // For rows, logs, names to resolve, assemblies that are loaded late.
    private const int LeastReserve = 48;

    /// <summary>The limit as Linux tells it. Windows has none that matters; elsewhere it is not known.</summary>
    public static int? Soft
    {
        get
        {
            const string Limits = "/proc/self/limits";
            const string Name = "Max open files";
            try
            {
                string? line = File.Exists(Limits)
                    ? File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith(Name, StringComparison.Ordinal))
                    : null;
                string? soft = line?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
                return int.TryParse(soft, CultureInfo.InvariantCulture, out int limit) ? limit : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Handles in use; 0 where it is not known.</summary>
    public static int Used
    {
        get
        {
            const string Open = "/proc/self/fd";
            try
            {
                return Directory.Exists(Open) ? Directory.GetFiles(Open).Length : 0;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }

    /// <summary>Connections that a client may have; calls beyond wait for one that is free.</summary>
    /// <param name="workspace">Where they go; at the other end of one to this machine a simulator in this process may hold a handle
    /// too.</param>
    /// <param name="clients">Clients that share the handles.</param>
    /// <param name="limit">Handles that the process may have; <see langword="null"/> where there is no such limit.</param>
    /// <param name="used">Handles in use already.</param>
    public static int Connections(Uri workspace, int clients, int? limit, int used)
    {
        if (limit is not int most)
            return HttpHandlers.MostConnections;
        int free = most - used - LeastReserve - (most / 16);
        int ends = WorkspaceAddress.IsLoopback(workspace) ? 2 : 1;
        return Math.Clamp(free / ends / clients, 1, HttpHandlers.MostConnections);
    }
}
