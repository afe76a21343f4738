using System.Globalization;
using System.Runtime.CompilerServices;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The calls for what the warehouse behind a space knows. They cost no question.</summary>
public sealed partial class GenieApiClient
{
    private const int LargestHistoryPage = 999;

    /// <summary>Reads a SQL warehouse.</summary>
    /// <param name="warehouseId">Id of the warehouse.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<SqlWarehouse>> GetWarehouseAsync(string warehouseId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(Operation.GetWarehouse, $"/api/2.0/sql/warehouses/{Id("WarehouseId", warehouseId)}"),
            body => WireJson.Read(body, WireJson.Default.SqlWarehouse), policy, cancellationToken);

    /// <summary>Reads statements of the query history by their ids, page by page. An id that it does not show is left out.</summary>
    /// <param name="statementIds">The ids; so many that the address does not get too long.</param>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<QueryInfo> ListQueriesAsync(
        IReadOnlyList<string> statementIds, CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statementIds);
        string filter = string.Concat(statementIds.Select(id => $"&filter_by.statement_ids={Id("StatementId", id)}"));
        int size = Math.Clamp(statementIds.Count, 1, LargestHistoryPage);
        string path = string.Create(
            CultureInfo.InvariantCulture, $"/api/2.0/sql/history/queries?include_metrics=true&max_results={size}{filter}");
        string? token = null;
        var pages = Pages("statements");
        do
        {
            ApiReply<QueryHistoryPage> page = await SendAsync(
                Get(Operation.ListQueryHistory, Page(path, token)),
                body => WireJson.Read(body, WireJson.Default.QueryHistoryPage), policy, cancellationToken).ConfigureAwait(false);
            foreach (QueryInfo query in (page.Value.Res ?? page.Value.Queries)?.OfType<QueryInfo>() ?? [])
                yield return query;
            pages.Took(page.Body.Length);
            token = page.Value.HasNextPage == false ? null : pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }
}
