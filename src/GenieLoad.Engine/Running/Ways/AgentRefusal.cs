using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Running.Ways;

/// <summary>What to do where a workspace refuses agent mode.</summary>
internal static class AgentRefusal
{
    /// <summary>Error code of a workspace in which agent mode is switched off.</summary>
    public const string Disabled = "FEATURE_DISABLED";

    /// <summary>What to do; <see langword="null"/> where the failure says it itself.</summary>
    public static string? HintFor(ApiFailure failure) => failure switch
    {
        { HttpStatus: 404, ErrorType: Disabled } =>
            "a workspace admin can turn on the preview 'Genie Agents Agent Mode API' under Previews, or ask with -Mode Chat",
        { HttpStatus: 403, ErrorType: "PERMISSION_DENIED" } => "agent mode needs CAN RUN on the space and a token with the scope 'genie'",
        _ => null,
    };
}
