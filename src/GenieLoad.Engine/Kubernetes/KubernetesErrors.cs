using System.Globalization;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>The errors of <c>Kubernetes</c>; the name of a factory is the id of its error.</summary>
internal static class KubernetesErrors
{
    public static GenieLoadException InvalidKubernetesName(string field, string name, int longest, string form) => new(
        nameof(InvalidKubernetesName), ErrorKind.InvalidInput,
        $"{field} is {ShownValue.Of(name)}, which Kubernetes does not take as a name.",
        $"Use 1 to {longest} characters: {form}.", name);

    public static GenieLoadException InvalidKubernetesValue(string field, string value, string advice) => new(
        nameof(InvalidKubernetesValue), ErrorKind.InvalidInput,
        $"{field} is {ShownValue.Of(value)}, which a job cannot use.", advice, value);

    public static GenieLoadException StartAtNotAhead(DateTime startAt) => new(
        nameof(StartAtNotAhead), ErrorKind.InvalidInput,
        $"StartAt is {Instant(startAt)}, which is not within the next 31 days.",
        "Give an instant that leaves time to pull the image, or a StartDelay such as '5m'.", startAt);

    public static GenieLoadException VolumeClaimMissing() => new(
        nameof(VolumeClaimMissing), ErrorKind.InvalidInput,
        "Results on a volume need the name of its claim.",
        "Give -VolumeClaim: a claim that all nodes can write at once (ReadWriteMany).");

    public static GenieLoadException OtherResultChosen(string field, KubernetesResult wanted, KubernetesResult chosen) => new(
        nameof(OtherResultChosen), ErrorKind.InvalidInput,
        $"{field} is given, but the results go to {chosen}.", $"Give -Result {wanted}, or leave out -{field}.", field);

    public static GenieLoadException PlanHasConnections(Plan plan) => new(
        nameof(PlanHasConnections), ErrorKind.InvalidInput,
        $"The plan {plan.Name} asks on {plan.Connections!.Count} connections; the pods of a job have one, that of their secret.",
        "Make a plan without connections.", plan.Name);

    public static GenieLoadException PlanTooLarge(Plan plan, long bytes, int limit) => new(
        nameof(PlanTooLarge), ErrorKind.InvalidInput,
        string.Create(CultureInfo.InvariantCulture,
            $"The plan {plan.Name} has {plan.QuestionCount:N0} questions, compressed {bytes:N0} bytes; with the script, a config map ")
            + string.Create(CultureInfo.InvariantCulture, $"holds {limit:N0}."),
        "Make a smaller plan. Or put the file of the plan on a volume, and run Invoke-GenieLoadTest -Plan with your own manifest.",
        plan.Name);

    private static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
