using GenieLoad.Engine.Http;
using GenieLoad.Engine.Tests.Fuzzing;

namespace GenieLoad.Engine.Tests.Http;

public sealed class CompressedAnswerTests
{
    [Fact]
    public void An_answer_in_gzip_is_read() => Assert.True(WireBytes.Read(WireBytes.Zipped()));

    [Fact]
    public void One_that_is_broken_is_a_failure_of_the_transport_and_no_fault_of_GenieLoad()
    {
        byte[] bytes = WireBytes.Zipped();
        bytes[^20] ^= 0xFF;

        ApiException error = Assert.Throws<ApiException>(() => WireBytes.Read(bytes));

        Assert.Equal((FailureKind.Transport, "MALFORMED_ANSWER"), (error.Failure.Kind, error.Failure.ErrorType));
    }
}
