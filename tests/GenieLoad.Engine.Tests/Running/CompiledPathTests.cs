using System.Runtime;
using System.Runtime.CompilerServices;
using GenieLoad.Engine.Running;

namespace GenieLoad.Engine.Tests.Running;

public class CompiledPathTests
{
    [Fact]
    public void What_is_compiled_ahead_is_not_compiled_when_it_is_called()
    {
        CompiledPath.Compile([typeof(Ahead)]);
        // What this test itself calls for the first time.
        _ = MethodsCompiledBy(() => 0);

        Assert.Equal(0, MethodsCompiledBy(Ahead.Call));
        Assert.NotEqual(0, MethodsCompiledBy(NotAhead.Call));
    }

    private static long MethodsCompiledBy(Func<int> call)
    {
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        call();
        return JitInfo.GetCompiledMethodCount(currentThread: true) - before;
    }

    private static class Ahead
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Call() => Inner(1);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Inner(int value) => value + Environment.ProcessId;
    }

    private static class NotAhead
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Call() => Inner(2);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Inner(int value) => value + Environment.ProcessId;
    }
}
