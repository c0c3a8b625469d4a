//! What one message costs on the wire side: render it, read its answer.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use indexmap::IndexMap;
use throng::conversation::{MessageId, RunKey};
use throng::scenario::{Profile, ReplyRule};
use throng::wire::{Compiler, Extractor, Facts, Plan, Scope, StreamPlan};

fn profile(name: &str) -> Profile {
    let path = format!("{}/channels/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn render(criterion: &mut Criterion) {
    for name in ["generic-json", "openai-chat-stream", "wechat-official-account"] {
        let profile = profile(name);
        let settings: IndexMap<_, _> = profile
            .settings
            .iter()
            .map(|(name, setting)| (name.clone(), setting.default.clone().unwrap_or_default()))
            .collect();
        let plan = Plan::compile(&profile, Scope::constants("http://127.0.0.1:8080", &settings)).unwrap();
        let facts = Facts {
            id: MessageId {
                run: RunKey::of_seed(1),
                customer: 17,
                turn: 2,
                fragment: 1,
            },
            customer_id: "throng-48213-17",
            customer_name: "王小明",
            text: "我的订单到哪了?已经三天了还没有收到",
            media: None,
            captured: &IndexMap::new(),
            history: &[],
            now_ms: 1_795_219_433_123,
        };
        criterion.bench_function(&format!("render a message: {name}"), |bencher| {
            bencher.iter(|| plan.render(&mut plan.scope(black_box(&facts)).unwrap()).unwrap());
        });
    }
}

fn extract(criterion: &mut Criterion) {
    let ReplyRule::Response(rule) = profile("generic-json").reply else {
        panic!("generic-json answers in one piece")
    };
    let compiler = Compiler::new(Scope::constants("", &Default::default()));
    let extractor = Extractor::compile(&compiler, "reply.response", &rule).unwrap();
    let body = "{\"replies\": [{\"text\": \"您的订单已于昨天发货,预计明天送达。还有什么可以帮您?\"}]}";
    criterion.bench_function("extract a JSON reply", |bencher| {
        bencher.iter(|| extractor.read(black_box(body.as_bytes()), "").unwrap());
    });
}

fn stream(criterion: &mut Criterion) {
    let ReplyRule::Stream(rule) = profile("openai-chat-stream").reply else {
        panic!("openai-chat-stream answers as a stream")
    };
    let plan = StreamPlan::compile("reply.stream", &rule).unwrap();
    let piece = "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\
                 \"choices\":[{\"index\":0,\"delta\":{\"content\":\"您的订单\"},\"finish_reason\":null}]}\n\n";
    let body = format!("{}data: [DONE]\n\n", piece.repeat(20));
    criterion.bench_function("read a stream of 20 pieces", |bencher| {
        bencher.iter(|| {
            let mut reader = plan.reader();
            for bytes in black_box(body.as_bytes()).chunks(piece.len()) {
                reader.push(bytes).unwrap();
            }
            reader.end().cloned()
        });
    });
}

criterion_group!(benches, render, extract, stream);
criterion_main!(benches);
