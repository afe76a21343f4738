using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>Watches a session, to show it: the run while it goes on, and what the session has to say besides.</summary>
public interface ISessionWatcher : IRunWatcher
{
    /// <summary>The run is over, kept as far as it can be, and its clean-up done.</summary>
    /// <param name="run">The run.</param>
    Task OnRunAsync(LoadRun run);

    /// <summary>Something that whoever runs the test wants to know.</summary>
    /// <param name="text">What, for people.</param>
    Task WarnAsync(string text);

    /// <summary>Something that went wrong and does not keep the session from its end.</summary>
    /// <param name="failure">What.</param>
    Task ErrorAsync(GenieLoadException failure);

    /// <summary>How far an evaluation before or after the load is, or one during it once the load is over.</summary>
    /// <param name="progress">How far.</param>
    void OnEvaluation(EvaluationProgress progress)
    {
    }

    /// <summary>Evaluations were not waited for to their end, because the session was stopped; they go on in the service.</summary>
    /// <param name="evaluationIds">Their ids.</param>
    void OnEvaluationsCutOff(IReadOnlyList<string> evaluationIds)
    {
    }

    /// <summary>Expected SQL was run before the first question.</summary>
    /// <param name="done">Statements that were run.</param>
    /// <param name="count">Statements to run.</param>
    void OnExpectedAnswers(int done, int count)
    {
    }

    /// <summary>How far a test of several places is.</summary>
    /// <param name="progress">How far.</param>
    void OnPlaces(PlacesProgress progress)
    {
    }

    /// <summary>The query history was asked for the run's statements.</summary>
    /// <param name="known">Statements that are known.</param>
    /// <param name="wanted">Statements of the run.</param>
    void OnStatements(int known, int wanted)
    {
    }

    /// <summary>The query history was not asked to the end, because the session was stopped; the run itself is over.</summary>
    void OnStatementsCutOff()
    {
    }
}
