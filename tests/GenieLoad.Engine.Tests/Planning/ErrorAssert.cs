using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Planning;

/// <summary>Asserts that something is refused as a user wants it refused: with its id, the named words, and what to do.</summary>
internal static class ErrorAssert
{
    public static GenieLoadException Refused(string errorId, Func<object?> action, params string[] words)
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(action);
        Assert.Equal(errorId, error.ErrorId);
        foreach (string word in words)
            Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Recommendation);
        return error;
    }
}
