using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>One call while it is handled.</summary>
internal sealed class CallContext(SimulatedRequest request, SimulatedRoute route, SimulatedCall call, long now)
{
    public SimulatedRequest Request => request;

    public SimulatedRoute Route => route;

    public SimulatedCall Call => call;

    /// <summary>The instant at which it is handled, the same for everything the answer says.</summary>
    public long Now => now;

    /// <summary>Space of the path, where it exists.</summary>
    public SimulatedSpace? Space { get; set; }

    /// <summary>Conversation of the path, where it exists.</summary>
    public SimulatedConversation? Conversation { get; set; }

    /// <summary>Message of the path, where it exists.</summary>
    public SimulatedMessageState? Message { get; set; }

    /// <summary>The user's own statement of the path, where it exists.</summary>
    public OwnStatement? Statement { get; set; }

    /// <summary>Evaluation of the path, where it exists in its space.</summary>
    public EvaluationRun? Evaluation { get; set; }

    /// <summary>Text of a call that asks a question; <see langword="null"/> when its body is unusable.</summary>
    public string? Question { get; set; }

    public SimulatedReply Error(int status, string errorCode, string message) =>
        new(status, GenieJson.Write(json => GenieJson.WriteError(json, errorCode, message, call.RequestId)));

    public SimulatedReply NotFound(string what, string id) =>
        Error(404, "RESOURCE_DOES_NOT_EXIST", $"{what} '{id}' does not exist.");

    public SimulatedReply BadParameter(string message) => Error(400, "INVALID_PARAMETER_VALUE", message);
}
