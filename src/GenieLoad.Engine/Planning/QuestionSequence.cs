using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>One draw from a question list.</summary>
/// <param name="Question">What was drawn.</param>
/// <param name="Pass">How often it has been drawn, from 1.</param>
internal readonly record struct QuestionDraw(Question Question, int Pass);

/// <summary>
/// Says in which order the questions of a list are asked: in list order, over and over, a question of weight 3 three times as often as
/// one of weight 1 and evenly spread.
/// </summary>
internal static class QuestionSequence
{
    /// <summary>The first <paramref name="count"/> draws; the same on every platform.</summary>
    /// <remarks>
    /// Webster's rule for dividing seats: next is the question whose (2 × times drawn + 1) / weight is least, the earlier one on a tie.
    /// After any number of draws the shares are as near to the weights as whole numbers allow, and equal weights make a plain cycle.
    /// </remarks>
    public static IEnumerable<QuestionDraw> Take(IReadOnlyList<Question> questions, int count)
    {
        PriorityQueue<(int Place, int Drawn), (double Turn, int Place)> queue = new(questions.Count);
        for (int i = 0; i < questions.Count; i++)
            queue.Enqueue((i, 0), (1 / questions[i].Weight, i));
        for (int n = 0; n < count; n++)
        {
            (int place, int drawn) = queue.Dequeue();
            drawn++;
            queue.Enqueue((place, drawn), (((2.0 * drawn) + 1) / questions[place].Weight, place));
            yield return new QuestionDraw(questions[place], drawn);
        }
    }
}
