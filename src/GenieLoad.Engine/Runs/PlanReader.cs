using System.Buffers;
using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Json;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// Reads a plan question by question: the serializer wants a whole list in memory before it reads the first. What is not in the usual form
/// is left to it.
/// </summary>
internal sealed class PlanReader
{
    private const int Size = 1 << 18;

    private static readonly byte[] QuestionsName = "questions"u8.ToArray();

    private readonly FlatReader<PlannedQuestion> _questions = new(NewQuestion, _ => null);
    private readonly List<PlannedQuestion> _read = [];

    // The plan without its questions.
    private readonly ArrayBufferWriter<byte> _rest = new();
    private Place _place;

    private enum Place
    {
        BeforeQuestions,
        AtQuestions,
        InQuestions,
        BehindQuestions,
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The file.</param>
    /// <returns><see langword="null"/> where it is not in the usual form, which need not mean that it cannot be read.</returns>
    public static Plan? TryRead(string path)
    {
        try
        {
            using Stream stream = BoundedFile.OpenRead(path, BoundedFile.WholeSize);
            return new PlanReader().Read(stream) is Plan plan && RunFileChecks.Fault(plan) is null ? plan : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IOException
            or UnauthorizedAccessException)
        {
            // The serializer says what is wrong, and where.
            return null;
        }
    }

    private Plan? Read(Stream stream)
    {
        // Of a small plan its length and one byte more, by which its end shows: large pieces of memory are dear to get.
        byte[] buffer = new byte[Math.Min(stream.Length + 1, Size)];
        int held = 0;
        JsonReaderState state = default;
        while (true)
        {
            held += stream.ReadAtLeast(buffer.AsSpan(held), buffer.Length - held, throwOnEndOfStream: false);
            bool atEnd = held < buffer.Length;
            Utf8JsonReader reader = new(buffer.AsSpan(0, held), atEnd, state);
            if (!TryReadPiece(ref reader, buffer, out int taken, out state))
                return null;
            if (atEnd)
                break;
            // A question longer than the buffer.
            if (taken == 0)
                Array.Resize(ref buffer, 2 * buffer.Length);
            held -= taken;
            Array.Copy(buffer, taken, buffer, 0, held);
        }
        return _place == Place.BehindQuestions && JsonSerializer.Deserialize(_rest.WrittenSpan, RunJson.Lines.Plan) is Plan plan
            ? plan with { Questions = new RowList<PlannedQuestion>(_read) }
            : null;
    }

    /// <summary>Reads what is whole in a piece.</summary>
    /// <returns><see langword="false"/> where it is not in the usual form.</returns>
    private bool TryReadPiece(ref Utf8JsonReader reader, byte[] buffer, out int taken, out JsonReaderState state)
    {
        (taken, state) = (0, reader.CurrentState);
        while (reader.Read())
        {
            if (_place == Place.InQuestions && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!_questions.TryRead(ref reader, out PlannedQuestion? question))
                    return true;
                if (question is null)
                    return false;
                _read.Add(question);
            }
            else if (!TryMove(ref reader))
            {
                return false;
            }
            int end = (int)reader.BytesConsumed;
            if (_place != Place.InQuestions || reader.TokenType == JsonTokenType.StartArray)
                _rest.Write(buffer.AsSpan(taken, end - taken));
            (taken, state) = (end, reader.CurrentState);
        }
        return true;
    }

    /// <summary>Follows the reader into the list of questions and out of it; a second such list is not the usual form.</summary>
    private bool TryMove(ref Utf8JsonReader reader)
    {
        bool isName = reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals(QuestionsName);
        (_place, bool isUsual) = _place switch
        {
            Place.InQuestions => (Place.BehindQuestions, true),
            Place.AtQuestions => (Place.InQuestions, reader.TokenType == JsonTokenType.StartArray),
            Place.BeforeQuestions when isName => (Place.AtQuestions, true),
            _ => (_place, !isName),
        };
        return isUsual;
    }

    private static PlannedQuestion NewQuestion() => new() { Index = 0, PlannedSeconds = 0, QuestionId = null!, Text = null!, Turn = 0 };
}
