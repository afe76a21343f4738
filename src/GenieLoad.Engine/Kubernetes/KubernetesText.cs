using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Kubernetes;

/// <summary>The forms of names and values that the API of Kubernetes takes, checked before anything is written.</summary>
internal static partial class KubernetesText
{
    /// <summary>Longest label of DNS.</summary>
    public const int LongestLabel = 63;

    private const int LongestSubdomain = 253;
    private const int LongestLine = 100;
    private const string LabelForm = "lower-case letters a-z, digits and '-', beginning and ending with a letter or digit";

    /// <summary>Checks the name of a job: that of its last pod must be a label of DNS too.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="name">The name.</param>
    /// <param name="shards">Number of pods.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesName</c>.</exception>
    public static void CheckJobName(string field, string name, int shards) =>
        CheckLabel(field, name, LongestLabel - FormattableString.Invariant($"-{shards - 1}").Length);

    /// <summary>Checks a label of DNS.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="name">The name.</param>
    /// <param name="longest">Most characters.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesName</c>.</exception>
    public static void CheckLabel(string field, string name, int longest = LongestLabel)
    {
        if (name.Length > longest || !Label().IsMatch(name))
            throw KubernetesErrors.InvalidKubernetesName(field, name, longest, LabelForm);
    }

    /// <summary>Checks the name of a secret or claim: labels of DNS with dots between them.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesName</c>.</exception>
    public static void CheckSubdomain(string field, string name)
    {
        if (name.Length > LongestSubdomain || !name.Split('.').All(part => part.Length > 0 && Label().IsMatch(part)))
            throw KubernetesErrors.InvalidKubernetesName(
                field, name, LongestSubdomain, $"{LabelForm}, or several such parts with dots between");
    }

    /// <summary>Checks the reference of an image.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="image">The reference.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesValue</c>.</exception>
    public static void CheckImage(string field, string image)
    {
        if (!ImageReference().IsMatch(image))
            throw KubernetesErrors.InvalidKubernetesValue(
                field, image, "Give the reference of an image, such as registry.example.com/genieload:0.2.0.");
    }

    /// <summary>Checks an amount of processor or memory.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="quantity">The amount.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesValue</c>.</exception>
    public static void CheckQuantity(string field, string quantity)
    {
        if (!Quantity().IsMatch(quantity) || !quantity.Any(digit => digit is >= '1' and <= '9'))
            throw KubernetesErrors.InvalidKubernetesValue(
                field, quantity, "Give an amount above 0 as Kubernetes writes it, such as 500m or 2 for Cpu, and 512Mi or 1Gi for Memory.");
    }

    /// <summary>Checks a label of nodes.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="key">Its key, such as <c>topology.kubernetes.io/region</c>.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesValue</c>.</exception>
    public static void CheckNodeLabel(string field, string key, string value)
    {
        string[] parts = key.Split('/');
        bool isKey = parts.Length <= 2 && LabelValue().IsMatch(parts[^1]) && parts[^1].Length is > 0 and <= LongestLabel
            && (parts.Length == 1 || (parts[0].Length <= LongestSubdomain && parts[0].Split('.').All(part => Label().IsMatch(part))));
        if (!isKey || value.Length > LongestLabel || !LabelValue().IsMatch(value))
            throw KubernetesErrors.InvalidKubernetesValue(
                field, $"{key}={value}", "Give labels of nodes, such as @{ 'topology.kubernetes.io/region' = 'westeurope' }.");
    }

    /// <summary>Checks a text of one line.</summary>
    /// <param name="field">The field, for the error.</param>
    /// <param name="text">The text; <see langword="null"/> is fine.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidKubernetesValue</c>.</exception>
    public static void CheckLine(string field, string? text)
    {
        if (text is not null && (text.Length is 0 or > LongestLine || text.Any(char.IsControl)))
            throw KubernetesErrors.InvalidKubernetesValue(
                field, text, $"Give one line of 1 to {LongestLine} characters, without control characters.");
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();

    // No form of a reference has a blank, a quote or anything beyond ASCII; the registry judges the rest.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/:@-]{0,499}\z")]
    private static partial Regex ImageReference();

    [GeneratedRegex(@"\A[0-9]{1,12}(\.[0-9]{1,9})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?\z")]
    private static partial Regex Quantity();
}
