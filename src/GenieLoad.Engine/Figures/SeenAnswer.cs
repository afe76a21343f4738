namespace GenieLoad.Engine.Figures;

/// <summary>What figures of agreement need of a first answer: rows of one question lie far apart in memory, and are fetched once.</summary>
/// <param name="Place">Place of its row in the run, from 0.</param>
/// <param name="Kind">Its kind, as <see cref="AnsweredQuestions"/> numbers them; -1 where the row says nothing of it.</param>
/// <param name="Identity">What it says, numbered within its question from 0; -1 where it is not compared.</param>
internal readonly record struct SeenAnswer(int Place, int Kind, int Identity)
{
    /// <summary>Whether it is one that is compared.</summary>
    public bool IsCompared => Identity >= 0;
}
