using System.Text.Json.Nodes;
using GenieLoad.Engine.Kubernetes;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Model;
using k8s;
using k8s.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GenieLoad.Engine.Tests.Kubernetes;

/// <summary>A manifest as the API of Kubernetes reads it: by the types of its own client, which are made of its schema.</summary>
/// <param name="Map">The config map.</param>
/// <param name="Job">The job.</param>
internal sealed record JobManifest(V1ConfigMap Map, V1Job Job)
{
    /// <summary>The instant at which manifests of tests are made.</summary>
    public static DateTime Now { get; } = new(2026, 11, 29, 20, 0, 0, DateTimeKind.Utc);

    /// <summary>Options that a job needs, and no more.</summary>
    public static KubernetesJobOptions Least { get; } = new()
    {
        ShardCount = 4, Image = "registry.example.com/genieload:0.2.0", SecretName = "genie-credentials", StartAt = Now.AddMinutes(5),
    };

    /// <summary>The pod of the job.</summary>
    public V1PodSpec Pod => Job.Spec.Template.Spec;

    /// <summary>The container of the pod.</summary>
    public V1Container Container => Assert.Single(Pod.Containers);

    /// <summary>A plan of so many questions.</summary>
    public static Plan Plan(int questions = 35, string? rate = null) => PlanBuilder.Build(
        new Scenario { Name = "a", QuestionCount = questions, WorkerCount = 4, DurationSeconds = rate is null ? 60 : null, Rate = rate },
        SampleQuestions.All, new PlanOptions { Seed = 1 });

    /// <summary>Makes a manifest and reads it.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="plan">Its plan.</param>
    public static JobManifest Of(KubernetesJobOptions? options = null, Plan? plan = null) =>
        Read(KubernetesJob.Manifest(plan ?? Plan(), options ?? Least, Now).Text);

    /// <summary>
    /// Reads a manifest. A field that the API does not know is refused, and so is a text where it has a number, or the other way round: the
    /// typed objects must say again what was written.
    /// </summary>
    /// <param name="text">The YAML.</param>
    public static JobManifest Read(string text)
    {
        List<object> objects = KubernetesYaml.LoadAllFromString(text, strict: true);
        YamlStream documents = [];
        documents.Load(new StringReader(text));
        Assert.Equal(objects.Count, documents.Documents.Count);
        for (int i = 0; i < objects.Count; i++)
        {
            JsonNode written = Json(documents.Documents[i].RootNode)!;
            JsonNode understood = JsonNode.Parse(KubernetesJson.Serialize(objects[i]))!;
            Assert.True(JsonNode.DeepEquals(written, understood), $"{written}\nis understood as\n{understood}");
        }
        return new JobManifest((V1ConfigMap)objects[0], (V1Job)objects[1]);
    }

    /// <summary>Value of a variable of the environment.</summary>
    /// <param name="name">Its name.</param>
    public string? Variable(string name) => Container.Env.SingleOrDefault(variable => variable.Name == name)?.Value;

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var plain } => JsonNode.Parse(plain!),
        YamlScalarNode { Value: var text } => JsonValue.Create(text),
        _ => throw new InvalidOperationException($"{node.NodeType} is not in a manifest."),
    };
}
