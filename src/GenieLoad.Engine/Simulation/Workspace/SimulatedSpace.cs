using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>One space of a simulated workspace, with its conversations.</summary>
internal sealed class SimulatedSpace(string id, string title, string? warehouseId, SpaceContent content)
{
    private readonly ConcurrentDictionary<string, SimulatedConversation> _conversations = new(StringComparer.Ordinal);

    public string Id => id;

    public string Title => title;

    /// <summary>The warehouse that it names; <see langword="null"/> where it names none.</summary>
    public string? WarehouseId => warehouseId;

    /// <summary>What its owner has written.</summary>
    public SpaceContent Content => content;

    public void Add(SimulatedConversation conversation) => _conversations[conversation.Id] = conversation;

    public bool Remove(string conversationId) => _conversations.TryRemove(conversationId, out _);

    public bool TryFind(string conversationId, [NotNullWhen(true)] out SimulatedConversation? conversation) =>
        _conversations.TryGetValue(conversationId, out conversation);

    /// <summary>The conversations, newest first.</summary>
    public IReadOnlyList<SimulatedConversation> NewestFirst() =>
        [.. _conversations.Values.OrderByDescending(c => c.CreatedAt).ThenBy(c => c.Id, StringComparer.Ordinal)];
}
