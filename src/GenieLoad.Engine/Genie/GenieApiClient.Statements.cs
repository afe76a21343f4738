using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The calls that run a statement of our own. They cost warehouse time, so nobody makes them unasked.</summary>
public sealed partial class GenieApiClient
{
    private const string StatementsPath = "/api/2.0/sql/statements";

    /// <summary>Runs a statement on a warehouse; it may still run when the answer comes.</summary>
    /// <param name="request">The statement.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<SqlStatement>> RunStatementAsync(
        SqlStatementRequest request, CallPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        GenieErrors.CheckId("WarehouseId", request.WarehouseId);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.SqlStatementRequest);
        return SendAsync(
            Call(Operation.RunStatement, HttpMethod.Post, StatementsPath) with { Content = () => Json(json) },
            ReadStatement, policy, cancellationToken);
    }

    /// <summary>Reads a statement that was run, with the first part of its result.</summary>
    /// <param name="statementId">Id of the statement.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<SqlStatement>> GetStatementAsync(string statementId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(Get(Operation.GetStatement, Statement(statementId), mayComeLater: true), ReadStatement, policy, cancellationToken);

    /// <summary>Reads a further part of its result.</summary>
    /// <param name="statementId">Id of the statement.</param>
    /// <param name="chunk">Number of the part, from 0.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<SqlStatementRows>> GetStatementRowsAsync(
        string statementId, int chunk, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(
                Operation.GetResultChunk,
                string.Create(CultureInfo.InvariantCulture, $"{Statement(statementId)}/result/chunks/{chunk}")),
            body => WireJson.Read(body, WireJson.Default.SqlStatementRows), policy, cancellationToken);

    /// <summary>Ends a statement that still runs.</summary>
    /// <param name="statementId">Id of the statement.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task CancelStatementAsync(string statementId, CallPolicy policy, CancellationToken cancellationToken) => SendAsync(
        Call(Operation.CancelStatement, HttpMethod.Post, Statement(statementId) + "/cancel") with { IsRepeatable = true },
        body => body.ToString(), policy, cancellationToken);

    private static string Statement(string statementId) => $"{StatementsPath}/{Id("StatementId", statementId)}";

    private static SqlStatement ReadStatement(ReadOnlyMemory<byte> body) => WireJson.Read(body, WireJson.Default.SqlStatement);
}
