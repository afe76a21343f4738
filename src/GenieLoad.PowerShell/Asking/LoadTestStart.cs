using System.Management.Automation;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Model;

namespace GenieLoad.PowerShell;

/// <summary>Begins a load test that a cmdlet has set up: on its pipeline, or as a job.</summary>
internal static class LoadTestStart
{
    // For writing the rest of the run to its folder.
    private static readonly TimeSpan ToDisk = TimeSpan.FromSeconds(10);

    /// <summary>Begins it.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="asJob">Whether as a job, which is then written to the output.</param>
    /// <param name="work">The test.</param>
    /// <exception cref="GenieLoadException">What the test throws, unless it is a job.</exception>
    public static void Begin(CallingCmdlet cmdlet, bool asJob, LoadTestWork work)
    {
        if (asJob)
        {
            var job = new LoadTestJob(cmdlet.MyInvocation.Line.Trim(), work.Display.Name, work, cmdlet.Shows("Verbose"), cmdlet.Shows("Debug"));
            cmdlet.JobRepository.Add(job);
            job.Start();
            cmdlet.WriteObject(job);
            return;
        }
        using LoadTestWork owned = work;
        try
        {
            cmdlet.Run(work.CarryOutAsync);
        }
        catch (PipelineStoppedException) when (work.Display.StopNotice is string notice)
        {
            // After a stop the streams take nothing any more; the host still does, and somebody wants to know where the answers are.
            cmdlet.Host.UI.WriteLine(notice);
            throw;
        }
    }

    /// <summary>Longest time from a stop to the end of the work.</summary>
    /// <param name="limits">How long questions in flight have.</param>
    /// <param name="cleansUp">Whether conversations are deleted afterwards.</param>
    public static TimeSpan LongestStop(RunLimits limits, bool cleansUp) =>
        TimeSpan.FromSeconds(limits.UserGraceSeconds) + ToDisk + (cleansUp ? LoadTestWork.CleanupAfterStop : TimeSpan.Zero);

    /// <summary>Refuses a job with a connection that needs the pipeline for its tokens.</summary>
    /// <param name="asJob">Whether it is to be a job.</param>
    /// <param name="connection">The connection.</param>
    /// <exception cref="GenieLoadException"><c>TokenProviderInJob</c>, <c>ConnectionClosed</c>.</exception>
    public static void CheckJob(bool asJob, Connection connection)
    {
        if (asJob && OpenConnections.Access(connection).Credential is TokenProviderCredential)
            throw AskingErrors.TokenProviderInJob();
    }
}
