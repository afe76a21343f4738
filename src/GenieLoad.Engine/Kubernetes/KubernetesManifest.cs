namespace GenieLoad.Engine.Kubernetes;

/// <summary>What a cluster is to make.</summary>
/// <param name="Name">Name of the job and of its config map.</param>
/// <param name="Text">Both objects as YAML.</param>
/// <param name="IsTooLargeToApply">
/// Whether the config map is too large for <c>kubectl apply</c> on the client's side, which keeps a copy of each object in an annotation.
/// </param>
public sealed record KubernetesManifest(string Name, string Text, bool IsTooLargeToApply);
