using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace GenieLoad.Host.Terminals;

/// <summary>The activities in progress, as one line of text: what changed last is shown.</summary>
internal sealed class ProgressLine
{
    private const int BarWidth = 20;
    private const int LeastWidthForBar = 80;

    // Latest change last.
    private readonly List<(long Source, ProgressRecord Record)> _activities = [];

    public bool IsEmpty => _activities.Count == 0;

    public void Update(long source, ProgressRecord record)
    {
        _activities.RemoveAll(known => known.Source == source && known.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Processing)
            _activities.Add((source, record));
    }

    /// <summary>Activity, status and operation, cut to fit; then a bar, percent and time left, as far as they are known.</summary>
    /// <param name="width">Columns to fill at most.</param>
    public string Format(int width)
    {
        var record = _activities[^1].Record;
        var right = new StringBuilder();
        if (record.PercentComplete >= 0)
        {
            var percent = Math.Min(record.PercentComplete, 100);
            if (width >= LeastWidthForBar)
            {
                var done = percent * BarWidth / 100;
                right.Append(" [").Append('#', done).Append('.', BarWidth - done).Append(']');
            }

            right.Append(CultureInfo.InvariantCulture, $" {percent,3}%");
        }

        if (record.SecondsRemaining >= 0)
            right.Append(CultureInfo.InvariantCulture, $" {TimeLeft(record.SecondsRemaining)} left");

        var words = new[] { record.Activity, record.StatusDescription, record.CurrentOperation }.Where(word => !string.IsNullOrWhiteSpace(word));
        var left = Flatten(string.Join(": ", words));
        var room = Math.Max(0, width - right.Length);
        if (left.Length > room)
            left = room > 3 ? left[..(room - 3)] + "..." : left[..room];
        var line = left + right;
        return line.Length <= width ? line : line[..Math.Max(0, width)];
    }

    private static string TimeLeft(int seconds)
    {
        var left = TimeSpan.FromSeconds(seconds);
        return left.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left:mm\\:ss}")
            : left.ToString(@"m\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>A status may hold line breaks and control characters; a line on the screen may not.</summary>
    private static string Flatten(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
