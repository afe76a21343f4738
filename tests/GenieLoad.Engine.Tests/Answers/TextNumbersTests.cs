using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Tests.Answers;

public sealed class TextNumbersTests
{
    [Theory]
    [InlineData("Sales were 1,234,567 in 12 stores.", "In 12 shops we sold 1234567.")]
    [InlineData("Revenue is $1.2M.", "Revenue is 1,200,000 dollars.")]
    [InlineData("About 3.5 billion", "3.5B")]
    [InlineData("2k and 7 %", "7% of 2000")]
    [InlineData("12345678", "12345679.4")]
    [InlineData("none", "nothing at all")]
    [InlineData("room b12", "no number")]
    public void The_same_numbers_are_one_answer_whatever_the_words(string one, string other) =>
        Assert.Equal(TextNumbers.Signature(one), TextNumbers.Signature(other));

    [Theory]
    [InlineData("Sales were 1,234.", "Sales were 1,236.")]
    [InlineData("12 stores", "12 stores in 2 regions")]
    [InlineData("3", "3 million")]
    [InlineData("1.5", "15")]
    public void Other_numbers_are_another_answer(string one, string other) =>
        Assert.NotEqual(TextNumbers.Signature(one), TextNumbers.Signature(other));

    [Fact]
    public void A_text_of_any_length_is_read() => Assert.NotEmpty(TextNumbers.Signature(new string('9', 300_000) + "x"));
}
