using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class CleanedExceptionTests
{
    [Fact]
    public void A_clean_exception_stays_itself()
    {
        Exception[] clean =
        [
            new IOException("fine", new InvalidOperationException("fine too")),
            new AggregateException("both", new IOException("fine"), new IOException("fine")),
            new GenieLoadException("Id", ErrorKind.WriteFailed, "fine", "do", "target", new IOException("fine")),
            new GenieLoadException("Id", ErrorKind.WriteFailed, "fine", "do", 7),
        ];

        Assert.All(clean, exception => Assert.Same(exception, CleanedException.Of(exception, Clean)));
    }

    [Fact]
    public void Another_stands_in_place_of_one_that_says_too_much()
    {
        Exception dirty = Thrown(new FileNotFoundException("no hush here"));

        Exception cleaned = CleanedException.Of(dirty, Clean);

        Assert.IsType<CleanedException>(cleaned);
        Assert.Equal(("no *** here", dirty.HResult), (cleaned.Message, cleaned.HResult));
        Assert.Equal(Clean(dirty.ToString()), cleaned.ToString());
        Assert.StartsWith("System.IO.FileNotFoundException: no *** here", cleaned.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), cleaned.StackTrace, StringComparison.Ordinal);
        Assert.Null(cleaned.InnerException);
    }

    [Fact]
    public void What_lies_beneath_is_cleaned_too()
    {
        Exception fine = new IOException("fine");

        Exception byInner = CleanedException.Of(new IOException("fine", new IOException("hush", fine)), Clean);
        Exception bySecond = CleanedException.Of(
            new AggregateException("both", fine, new IOException("fine", new IOException("hush"))), Clean);

        Assert.Equal("***", byInner.InnerException!.Message);
        Assert.Same(fine, byInner.InnerException.InnerException);
        Assert.IsType<CleanedException>(bySecond);
        Assert.DoesNotContain("hush", bySecond.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hush", "do", "target")]
    [InlineData("says", "hush", "target")]
    [InlineData("says", "do", "hush")]
    public void An_error_of_GenieLoad_stays_one(string message, string recommendation, string target)
    {
        var inner = new IOException("fine");

        var cleaned = Assert.IsType<GenieLoadException>(CleanedException.Of(
            new GenieLoadException("Id", ErrorKind.WriteFailed, message, recommendation, target, inner), Clean));

        Assert.Equal(("Id", ErrorKind.WriteFailed), (cleaned.ErrorId, cleaned.Kind));
        Assert.Equal(
            (Clean(message), Clean(recommendation), Clean(target)), (cleaned.Message, cleaned.Recommendation, (string)cleaned.Target!));
        Assert.Same(inner, cleaned.InnerException);
    }

    [Fact]
    public void A_target_that_is_no_text_is_kept()
    {
        var cleaned = Assert.IsType<GenieLoadException>(
            CleanedException.Of(new GenieLoadException("Id", ErrorKind.WriteFailed, "hush", "do", 7), Clean));

        Assert.Equal(7, cleaned.Target);
    }

    private static string Clean(string text) => text.Replace("hush", Redactor.Mark, StringComparison.Ordinal);

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
