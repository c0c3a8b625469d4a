// A virtual user of Artillery asks again until the time is over.
const end = Date.now() + Number(process.env.BENCH_SECONDS) * 1000;

module.exports.isTime = (context, next) => next(Date.now() < end);
