using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>What a Databricks workspace and cloud storage add: the Files API, signed addresses of four types, presigned uploads.</summary>
internal sealed partial class FakeMlflowServer
{
    private readonly Dictionary<string, List<byte>> _unfinished = [];

    /// <summary>Type of the credentials that are signed; <see langword="null"/> where the server signs none.</summary>
    public string? CredentialType { get; set; }

    public bool HasFilesApi { get; set; }

    public bool SignsUploads { get; set; }

    /// <summary>Uploads that are refused because their signature has expired.</summary>
    public int ExpiredSignatures { get; set; }

    /// <summary>Requests to storage: method, address and headers.</summary>
    public List<(string Method, string Query, Dictionary<string, string> Headers)> CloudCalls { get; } = [];

    private HttpResponseMessage? Cloud(HttpRequestMessage request, string path, byte[] body)
    {
        if (request.RequestUri!.Host == "storage.example")
            return Store(request, path, body);
        const string FilesApi = "/api/2.0/fs/files";
        if (path.StartsWith(FilesApi, StringComparison.Ordinal))
        {
            if (!HasFilesApi)
                return Error(HttpStatusCode.NotFound, "NOT_FOUND", "No such path");
            string[] parts = path[FilesApi.Length..].Split('/');
            if (request.Method == HttpMethod.Get)
            {
                return Files.TryGetValue($"{parts[^3]}/{parts[^1]}", out byte[]? content)
                    ? new HttpResponseMessage { Content = new ByteArrayContent(content) }
                    : Error(HttpStatusCode.NotFound, "NOT_FOUND", "No such file");
            }
            Assert.Equal("?overwrite=true", request.RequestUri.Query);
            Assert.Equal("application/octet-stream", request.Content!.Headers.ContentType!.MediaType);
            Files[$"{parts[^3]}/{parts[^1]}"] = body;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }
        if (path == "/api/2.0/mlflow/artifacts/credentials-for-write" && CredentialType is not null)
            return Sign(JsonNode.Parse(body)!.AsObject());
        if (path == "/api/2.0/mlflow/artifacts/presigned-upload-url" && SignsUploads)
        {
            JsonNode asked = JsonNode.Parse(body)!;
            return Json(new JsonObject
            {
                ["presigned_url"] = $"https://storage.example/{asked["run_id"]}/{asked["path"]}?sig=abc%2Fd",
                ["headers"] = new JsonObject { ["Content-Type"] = "application/octet-stream" },
            });
        }
        return null;
    }

    /// <summary>Signs one address a page, so that a reply always has a second page.</summary>
    private HttpResponseMessage Sign(JsonObject asked)
    {
        JsonArray paths = asked["path"]!.AsArray();
        int from = (string?)asked["page_token"] is string token ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        string path = (string)paths[from]!;
        var reply = new JsonObject
        {
            ["credential_infos"] = new JsonArray(new JsonObject
            {
                ["run_id"] = (string)asked["run_id"]!, ["path"] = path, ["type"] = CredentialType,
                ["signed_uri"] = $"https://storage.example/{asked["run_id"]}/{path}?sig=abc%2Fd",
                ["headers"] = new JsonArray(
                    new JsonObject { ["name"] = "x-ms-version", ["value"] = "2021-08-06" },
                    new JsonObject { ["name"] = "x-ms-encryption-key", ["value"] = "a2V5" },
                    new JsonObject { ["name"] = "x-ms-encryption-scope", ["value"] = "scope" },
                    new JsonObject { ["name"] = "x-ms-blob-content-type", ["value"] = "text/plain" },
                    new JsonObject { ["name"] = "x-amz-server-side-encryption", ["value"] = "AES256" }),
            }),
        };
        if (from + 1 < paths.Count)
            reply["next_page_token"] = (from + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Json(reply);
    }

    private HttpResponseMessage Store(HttpRequestMessage request, string path, byte[] body)
    {
        string query = request.RequestUri!.Query;
        CloudCalls.Add((request.Method.Method, query,
            request.Headers.Concat(request.Content!.Headers).ToDictionary(h => h.Key, h => string.Join(",", h.Value))));
        Assert.StartsWith("?sig=abc%2Fd", query, StringComparison.Ordinal);
        Assert.Null(request.Headers.Authorization);
        if (ExpiredSignatures > 0)
        {
            ExpiredSignatures--;
            return Text(HttpStatusCode.Forbidden, "<Error><Code>AuthenticationFailed</Code></Error>", "application/xml");
        }
        string file = path.TrimStart('/');
        if (query.Contains("comp=blocklist", StringComparison.Ordinal))
        {
            Assert.Equal(_unfinished[file].Count > 0, Encoding.UTF8.GetString(body).Contains("<Uncommitted>", StringComparison.Ordinal));
            Files[file] = [.. _unfinished[file]];
        }
        else if (query.Contains("comp=block", StringComparison.Ordinal) || query.Contains("action=append", StringComparison.Ordinal))
        {
            _unfinished.TryAdd(file, []);
            _unfinished[file].AddRange(body);
            if (query.Contains("flush=true", StringComparison.Ordinal))
                Files[file] = [.. _unfinished[file]];
        }
        else if (query.Contains("resource=file", StringComparison.Ordinal))
        {
            _unfinished[file] = [];
        }
        else
        {
            Files[file] = body;
        }
        return new HttpResponseMessage(HttpStatusCode.Created);
    }
}
