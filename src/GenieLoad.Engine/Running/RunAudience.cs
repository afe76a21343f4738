using GenieLoad.Engine.Running.Stopping;

namespace GenieLoad.Engine.Running;

/// <summary>
/// All who are told of a run while it happens: its observer and its stop rules. When one of them fails, what is finished can no longer be
/// kept, shown or judged: going on would ask questions for nothing, so the failure becomes the run's fault and stops it. Throws nothing.
/// </summary>
internal sealed class RunAudience(IRunObserver observer, IReadOnlyList<IStopRule> rules, StopController controller)
{
    /// <summary>Tells the observer.</summary>
    public void Tell(Action<IRunObserver> what) => controller.Guard(() => what(observer));

    /// <summary>Asks every rule, also after the first that ends the run: each keeps its own count.</summary>
    public void Ask(Func<IStopRule, StopOrder?> what)
    {
        foreach (IStopRule rule in rules)
        {
            controller.Guard(() =>
            {
                if (what(rule) is StopOrder order)
                    controller.Apply(order);
            });
        }
    }
}
