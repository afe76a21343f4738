using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GenieLoad.Engine.DataFiles;

/// <summary>
/// Reads YAML that programs and people write, and remembers the lines. Only the events of the parser are used: no object is made of a tag,
/// and references (<c>*name</c>), of which a few lines can make more data than fits the memory, are refused. Every scalar is a text, apart
/// from the empty one, <c>~</c> and <c>null</c>.
/// </summary>
internal static class DataYaml
{
    private const int DeepestLevel = 64;

    /// <summary>Reads a text that is one YAML document.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Path of the file, for errors.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidYaml</c>, <c>DuplicateKey</c>.</exception>
    public static DataValue Parse(string text, string path)
    {
        using StringReader reader = new(text);
        Scanner scanner = new(reader);
        var events = new Events(new Parser(scanner), path);
        try
        {
            return events.ReadStream();
        }
        catch (Exception error) when (error is not Model.GenieLoadException)
        {
            // The parser has errors of many kinds for broken texts. What it says quotes what stands there, and a path may name any file of
            // the machine. Where a tab indents it names the begin of what is indented, which may be any line before.
            if (error is YamlException && error.Message.Contains("tab", StringComparison.Ordinal))
                throw DataFilesErrors.InvalidYaml(
                    InputFile.Place(path, (int)scanner.CurrentPosition.Line)!, "a tab indents, where YAML takes only blanks");
            int line = error is YamlException { Start.Line: > 0 } known ? (int)known.Start.Line : events.LastLine;
            throw DataFilesErrors.InvalidYaml(InputFile.Place(path, line)!, "this is not valid YAML");
        }
    }

    private sealed class Events(Parser parser, string path)
    {
        public DataValue ReadStream()
        {
            Next();
            Next();
            if (parser.Current is StreamEnd)
                return new DataValue(null, 1);
            Next();
            DataValue value = ReadValue(1);
            Next();
            Next();
            return parser.Current is StreamEnd ? value : throw Refused("the file has more than one document");
        }

        /// <summary>Reads the value at which the parser stands, and leaves it at the value's last event.</summary>
        private DataValue ReadValue(int level)
        {
            if (level > DeepestLevel)
                throw Refused($"lists and objects lie deeper in each other than {DeepestLevel} levels");
            int line = LastLine;
            return parser.Current switch
            {
                MappingStart => new(ReadObject(level), line),
                SequenceStart => new(ReadList(level), line),
                Scalar scalar => new(IsNull(scalar) ? null : scalar.Value, line),
                _ => throw Refused("references such as *name are not read"),
            };
        }

        private List<DataMember> ReadObject(int level)
        {
            List<DataMember> members = [];
            HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
            for (Next(); parser.Current is not MappingEnd; Next())
            {
                int line = LastLine;
                if (parser.Current is not Scalar { Value: var name })
                    throw Refused("the name of a member is not a text");
                if (!names.Add(name))
                    throw DataFilesErrors.DuplicateKey(name, InputFile.Place(path, line)!);
                Next();
                members.Add(new DataMember(name, ReadValue(level + 1), line));
            }
            return members;
        }

        private List<DataValue> ReadList(int level)
        {
            List<DataValue> items = [];
            for (Next(); parser.Current is not SequenceEnd; Next())
                items.Add(ReadValue(level + 1));
            return items;
        }

        /// <summary>Line of the last event; 1 before any.</summary>
        public int LastLine => parser.Current is null ? 1 : (int)parser.Current.Start.Line;

        private void Next()
        {
            if (!parser.MoveNext())
                throw Refused("the file ends too early");
        }

        private Model.GenieLoadException Refused(string why) =>
            DataFilesErrors.InvalidYaml(InputFile.Place(path, LastLine)!, why);

        private static bool IsNull(Scalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
    }
}
