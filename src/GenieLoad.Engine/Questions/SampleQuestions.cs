using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>Ten questions about a retail sales space, asked when nobody gives any.</summary>
public static class SampleQuestions
{
    private static readonly Lazy<IReadOnlyList<Question>> Loaded = new(Load);

    /// <summary>The ten questions, <c>q1</c> to <c>q10</c>.</summary>
    public static IReadOnlyList<Question> All => Loaded.Value;

    private static IReadOnlyList<Question> Load()
    {
        const string Resource = "GenieLoad.Engine.Questions.SampleQuestions.txt";
        using Stream stream = typeof(SampleQuestions).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the build.");
        using StreamReader reader = new(stream);
        return QuestionList.Build(QuestionFile.ReadLines(reader.ReadToEnd(), Resource), Resource);
    }
}
