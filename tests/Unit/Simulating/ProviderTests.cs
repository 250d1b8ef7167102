using System.Net;
using Monolith.Kernel.Webhooks;
using Monolith.Simulator;
using Shouldly;
using Xunit;
using Received = Monolith.Payments.Reporting.ProviderReport;

namespace Monolith.Unit.Simulating;

public class ProviderTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly Story Story = Story.Tell(new(seed: 42, products: 10, customers: 3), 0);
    private static readonly OrderView View = new(
        "1", OrderStatus.AwaitingPayment, "EUR", [], Items: 1, ItemsTotal: 10, DeliveryFee: 2.5m, Total: 12.5m,
        new(PaymentStatus.Pending, Due: 12.5m, Paid: 0, Refunded: 0, PaymentId: "2"), CancelReason: null);

    [Fact]
    public async Task A_report_is_repeated_under_its_id_until_it_is_accepted()
    {
        using Webhook webhook = new(HttpStatusCode.ServiceUnavailable, HttpStatusCode.Accepted);

        await webhook.Provider.PayAsync(Story, View, CancellationToken.None);

        webhook.Ids.ShouldBe(["sim-42-monday-0-pay", "sim-42-monday-0-pay"]);
        webhook.Reports.ShouldAllBe(report => report.IsComplete && report.Type == Received.PaymentSucceeded
            && report.PaymentId == "2" && report.Amount == 12.5m && report.Currency == "EUR");
        webhook.AllSigned.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_money_is_reported_under_another_id()
    {
        using Webhook webhook = new(HttpStatusCode.Accepted, HttpStatusCode.Accepted);

        await webhook.Provider.PayAsync(Story, View, CancellationToken.None);
        await webhook.Provider.PayAgainAsync(Story, View, CancellationToken.None);

        webhook.Ids.ShouldBeUnique();
        webhook.Reports.Select(report => report.Reference).Distinct().ShouldHaveSingleItem();
    }

    /// <summary>Answers as told, and keeps what it got.</summary>
    private sealed class Webhook : HttpMessageHandler
    {
        private readonly Queue<HttpStatusCode> answers;
        private readonly HttpClient http;

        public Webhook(params HttpStatusCode[] answers)
        {
            this.answers = new(answers);
            http = new(this, disposeHandler: false) { BaseAddress = new("http://127.0.0.1/") };
            Options options = new(
                Orders: 1, Rate: 1, Seed: 42, Run: "monday", http.BaseAddress, Customers: 3, Products: 10, Concurrency: 1,
                TimeSpan.FromSeconds(10), Token: null, Secret);
            Provider = new(new Transport(http, options.Patience, new Latencies()), options);
        }

        public Provider Provider { get; }

        public List<string> Ids { get; } = [];

        public List<Received> Reports { get; } = [];

        public bool AllSigned { get; private set; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            Ids.Add(Header("webhook-id"));
            Reports.Add(Received.Read(body));
            AllSigned &= WebhookSignature.IsGood(
                [Secret], Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body, TimeProvider.System.GetUtcNow());
            return new HttpResponseMessage(answers.Dequeue());

            string Header(string name) => request.Headers.GetValues(name).Single();
        }

        protected override void Dispose(bool disposing)
        {
            http.Dispose();
            base.Dispose(disposing);
        }
    }
}
