using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Json;

/// <summary>One property of a flat record: reads its value from JSON and sets it.</summary>
/// <typeparam name="T">Type of the records.</typeparam>
internal abstract class FlatColumn<T>
    where T : class
{
    private static readonly PropertyInfo[] Properties = [.. typeof(T).GetProperties().OrderBy(property => property.MetadataToken)];

    /// <summary>Makes the columns of a reader, each with what is done with its texts.</summary>
    public static IReadOnlyList<Func<Func<string, Func<string, string>?>, FlatColumn<T>>> Blueprints { get; } =
        [.. Properties.Select(BlueprintOf)];

    /// <summary>The places of the columns, by their names in JSON.</summary>
    public static IReadOnlyDictionary<string, int> Places { get; } =
        Properties.Select((property, place) => (property, place))
            .ToDictionary(column => NameOf(column.property), column => column.place, StringComparer.Ordinal);

    /// <summary>Its name in JSON.</summary>
    public byte[] Name { get; private init; } = [];

    /// <summary>Whether no record is without it.</summary>
    public bool IsRequired { get; private init; }

    /// <summary>A bit of its own where it is required; 0 otherwise.</summary>
    public ulong RequiredBit { get; set; }

    /// <summary>Reads the value at which a reader stands, and sets it.</summary>
    /// <returns><see langword="false"/> where it is not in the expected form.</returns>
    public abstract bool TryRead(ref Utf8JsonReader reader, T record);

    private static Func<Func<string, Func<string, string>?>, FlatColumn<T>> BlueprintOf(PropertyInfo property)
    {
        byte[] name = Encoding.UTF8.GetBytes(NameOf(property));
        bool isRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        if (!property.CanWrite)
            return _ => new Skipped { Name = name };
        Type type = property.PropertyType;
        if (type == typeof(string))
        {
            Action<T, string?> set = Setter<string?>(property);
            if (typeof(T).GetProperty("Packed" + property.Name, BindingFlags.Instance | BindingFlags.NonPublic) is not { } packed)
                return gate => new Text(set, gate(property.Name)) { Name = name, IsRequired = isRequired };
            Action<T, PackedId> pack = Setter<PackedId>(packed);
            return gate => new Id(pack, set, gate(property.Name)) { Name = name, IsRequired = isRequired };
        }
        return type == typeof(int) ? Of<int>(FlatValues.TryInt32)
            : type == typeof(int?) ? Of<int?>(FlatValues.TryInt32)
            : type == typeof(long?) ? Of<long?>(FlatValues.TryInt64)
            : type == typeof(double) ? Of<double>(FlatValues.TryDouble)
            : type == typeof(double?) ? Of<double?>(FlatValues.TryDouble)
            : type == typeof(bool) ? Of<bool>(FlatValues.TryBoolean)
            : type == typeof(bool?) ? Of<bool?>(FlatValues.TryBoolean)
            : type == typeof(DateTime) ? Of<DateTime>(FlatValues.TryInstant)
            : type == typeof(DateTime?) ? Of<DateTime?>(FlatValues.TryInstant)
            : throw new NotSupportedException($"{property.Name} is no column: its type is {type}.");

        Func<Func<string, Func<string, string>?>, FlatColumn<T>> Of<TValue>(TryGet<TValue> get)
        {
            Action<T, TValue> set = Setter<TValue>(property);
            return _ => new Value<TValue>(set, get) { Name = name, IsRequired = isRequired };
        }
    }

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static Action<T, TValue> Setter<TValue>(PropertyInfo property) => property.SetMethod!.CreateDelegate<Action<T, TValue>>();

    private sealed class Value<TValue>(Action<T, TValue> set, TryGet<TValue> get) : FlatColumn<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override bool TryRead(ref Utf8JsonReader reader, T record)
        {
            if (!get(ref reader, out TValue value))
                return false;
            set(record, value);
            return true;
        }
    }

    /// <summary>A text that is mostly an id: most rows have others, and each would be a text that is packed and forgotten.</summary>
    private sealed class Id(Action<T, PackedId> pack, Action<T, string?> set, Func<string, string>? gate) : FlatColumn<T>
    {
        private readonly Text _text = new(set, gate);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override bool TryRead(ref Utf8JsonReader reader, T record)
        {
            if (reader.TokenType != JsonTokenType.String || (gate is not null && !Redactor.KeepsIds)
                || !PackedId.TryPack(reader.ValueSpan, out PackedId id))
                return _text.TryRead(ref reader, record);
            pack(record, id);
            return true;
        }
    }

    private sealed class Text(Action<T, string?> set, Func<string, string>? gate) : FlatColumn<T>
    {
        private readonly SharedTexts _texts = new(gate);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override bool TryRead(ref Utf8JsonReader reader, T record)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                return false;
            set(record, reader.TokenType == JsonTokenType.Null ? null : _texts.Of(ref reader));
            return true;
        }
    }

    /// <summary>Written for who reads the file, and worked out from the rest.</summary>
    private sealed class Skipped : FlatColumn<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override bool TryRead(ref Utf8JsonReader reader, T record) => reader.TrySkip();
    }
}

/// <summary>Reads the value at which a reader stands.</summary>
/// <returns><see langword="false"/> where it is not in the expected form.</returns>
internal delegate bool TryGet<TValue>(ref Utf8JsonReader reader, out TValue value);
