namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>What a receiver said to data that it took.</summary>
/// <param name="RejectedCount">Items (spans, data points) that it did not keep.</param>
/// <param name="Message">Why, in the receiver's words without secrets; <see langword="null"/> where it said nothing.</param>
internal sealed record OtlpReceipt(long RejectedCount, string? Message);
