namespace GenieLoad.Engine.Runs;

/// <summary>Tells a whole last line from one that its writer left in the middle.</summary>
internal static class TornLine
{
    /// <summary>Copies everything up to and with the last line break.</summary>
    public static void CopyWhole(Stream from, Stream to)
    {
        long left = EndOfWhole(from);
        from.Position = 0;
        byte[] buffer = new byte[64 * 1024];
        while (left > 0)
        {
            int read = from.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                return;
            to.Write(buffer, 0, read);
            left -= read;
        }
    }

    /// <summary>Position behind the last line break; 0 without any.</summary>
    public static long EndOfWhole(Stream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        long end = stream.Length;
        while (end > 0)
        {
            int length = (int)Math.Min(buffer.Length, end);
            stream.Position = end - length;
            stream.ReadExactly(buffer, 0, length);
            int found = buffer.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (found >= 0)
                return end - length + found + 1;
            end -= length;
        }

        return 0;
    }
}
