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
    [InlineData("12 GB", "12GB")]
    [InlineData("١٢ stores", "no digits that it knows")]
    public void The_same_numbers_are_one_answer_whatever_the_words(string one, string other) =>
        Assert.Equal(TextNumbers.Signature(one), TextNumbers.Signature(other));

    [Theory]
    [InlineData("Sales were 1,234.", "Sales were 1,236.")]
    [InlineData("12 stores", "12 stores in 2 regions")]
    [InlineData("3", "3 million")]
    [InlineData("1.5", "15")]
    [InlineData("12GB", "15GB")]
    [InlineData("2.5kg", "2.9kg")]
    [InlineData("500EUR", "900EUR")]
    [InlineData("EUR500", "EUR900")]
    [InlineData("1.2E6", "1.9E7")]
    [InlineData("12.5x", "12.9x")]
    [InlineData("1,234km", "1,999km")]
    [InlineData("a change of -5", "a change of 5")]
    [InlineData("1.234.567 EUR", "1.234 EUR")]
    [InlineData("31.12.2024", "31.12.2023")]
    [InlineData(".5", ".9")]
    public void Other_numbers_are_another_answer(string one, string other) =>
        Assert.NotEqual(TextNumbers.Signature(one), TextNumbers.Signature(other));

    [Fact]
    public void A_text_of_any_length_is_read() => Assert.NotEmpty(TextNumbers.Signature(new string('9', 300_000) + "x"));
}
