namespace GenieLoad.Engine.Running.Stopping;

/// <summary>The order to end a run early: no further question is sent, and those in flight have a while to come to their end.</summary>
/// <param name="Cause">One of <see cref="Model.StopCause"/>.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="GraceSeconds">Seconds that questions in flight have; infinity for as long as they take, 0 for none.</param>
public sealed record StopOrder(string Cause, string Reason, double GraceSeconds);
