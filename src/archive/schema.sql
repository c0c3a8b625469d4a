-- throng.sqlite/1. Instants end in _s: seconds from the run's start. NULL: it did not happen, or is not known.

CREATE TABLE about (                 -- what this file is
  key   TEXT PRIMARY KEY,            -- schema, scenario, seed, transcripts, keep_failed, keep_others
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE phases (                -- of the traffic
  place   INTEGER PRIMARY KEY,       -- from 0
  name    TEXT NOT NULL,
  start_s REAL NOT NULL,
  end_s   REAL NOT NULL,             -- traffic only: the drain comes after the last one
  warm_up INTEGER NOT NULL           -- 1: in no total and under no threshold
);

CREATE TABLE channels (
  place      INTEGER PRIMARY KEY,    -- from 0
  name       TEXT NOT NULL,
  deadline_s REAL NOT NULL           -- reply deadline, from due
);

CREATE TABLE conversations (         -- those that are kept
  customer  INTEGER PRIMARY KEY,     -- from 0, in the order of arrival
  persona   TEXT NOT NULL,
  goal      TEXT NOT NULL,
  channel   TEXT NOT NULL,
  language  TEXT NOT NULL,           -- zh, en
  phase     TEXT NOT NULL,           -- that of the arrival
  ending    TEXT NOT NULL,           -- goal_met, gave_up, handed_off, max_turns, loop, bot_failed, cut_short
  started_s REAL NOT NULL,
  ended_s   REAL NOT NULL,
  turns     INTEGER NOT NULL,
  failed    INTEGER NOT NULL         -- 1: kept because it failed; 0: part of the sample of all others
);

CREATE TABLE turns (                 -- all turns of the kept conversations
  customer           INTEGER NOT NULL,
  turn               INTEGER NOT NULL,  -- position in the conversation, from 1
  phase              TEXT NOT NULL,     -- the one in which the turn was due
  channel            TEXT NOT NULL,     -- where it was sent
  step               INTEGER NOT NULL,  -- of the goal's agenda, from 0
  outcome            TEXT NOT NULL,     -- answered, late, truncated, bot_error, refused, ..., cut_short
  due_s              REAL NOT NULL,
  sent_s             REAL,
  first_event_s      REAL,
  first_text_s       REAL,
  answered_s         REAL,
  reply_time_ms      REAL,              -- due to answered
  wire_time_ms       REAL,              -- sent to answered
  first_text_time_ms REAL,              -- due to first visible text
  longest_gap_ms     REAL,              -- between visible pieces of a streamed reply
  duplicates         INTEGER NOT NULL,  -- replies that repeat an earlier one of this turn
  open_conversations INTEGER NOT NULL,  -- in the whole run, when the turn was due
  trouble            TEXT,              -- what went wrong on the wire
  served             TEXT,              -- yes, no, unknown
  quality            REAL,              -- 0 to 1
  PRIMARY KEY (customer, turn)
) WITHOUT ROWID;

CREATE TABLE messages (              -- what was said, masked: by the customer and by the bot
  customer   INTEGER NOT NULL,
  turn       INTEGER NOT NULL,
  position   INTEGER NOT NULL,       -- in the turn, from 1, in the order of time
  from_bot   INTEGER NOT NULL,       -- 0 or 1
  kind       TEXT NOT NULL,          -- utterance, nudge, farewell; substantive, holding, media, truncated
  id         TEXT,                   -- of the customer's: RUN-CUSTOMER-TURN-FRAGMENT
  at_s       REAL NOT NULL,          -- handed to the channel; of the bot's: first visible text
  complete_s REAL,                   -- of the bot's
  deliveries INTEGER,                -- of the customer's: how often the platform delivered it
  text       TEXT NOT NULL,          -- what is no words by its mark: [image], [voice], [video]
  PRIMARY KEY (customer, turn, position)
) WITHOUT ROWID;

CREATE TABLE scores (                -- what each check said; no row: it could not tell or did not apply
  customer   INTEGER NOT NULL,
  turn       INTEGER NOT NULL,
  check_name TEXT NOT NULL,          -- required_facts, contradicted, forbidden, cross_talk, personal_data, language, fallback, cut_off, form, media
  passed     INTEGER NOT NULL,       -- 0 or 1
  evidence   TEXT,                   -- what shows the failure, in English, masked
  evidence_zh TEXT,                  -- the same in Chinese
  quote      TEXT,                   -- the bot's own words, masked; NULL: something is missing, or it is not one place
  PRIMARY KEY (customer, turn, check_name)
) WITHOUT ROWID;

CREATE TABLE claims (                -- what the answers claim that is not simply true
  customer    INTEGER NOT NULL,
  turn        INTEGER NOT NULL,
  position    INTEGER NOT NULL,      -- in the answer, from 1
  state       TEXT NOT NULL,         -- contradicted, stale, forbidden, unsupported
  fact        TEXT,                  -- TOPIC.FACT, or the name of a forbidden claim; NULL: of no fact
  said        TEXT NOT NULL,         -- masked
  truth       TEXT,                  -- what is true, masked; NULL: the scenario does not say
  changed_s   REAL,                  -- of a stale claim: when the fact changed
  stale_for_s REAL,                  -- of a stale claim: how long before the answer that was
  sentence    TEXT,                  -- the bot's sentence in which it stands, masked; NULL: not one place
  PRIMARY KEY (customer, turn, position)
) WITHOUT ROWID;

CREATE TABLE seconds (               -- the whole run, kept conversations or not; a turn counts in the second it was due
  second       INTEGER NOT NULL,     -- from the run's start
  channel      TEXT NOT NULL,
  started      INTEGER NOT NULL,     -- conversations
  sent         INTEGER NOT NULL,     -- turns, as are the next four
  answered     INTEGER NOT NULL,
  late         INTEGER NOT NULL,
  dropped      INTEGER NOT NULL,
  served       INTEGER NOT NULL,
  reply_p50_ms REAL,                 -- NULL: no data, or it falls among the unanswered
  reply_p95_ms REAL,
  PRIMARY KEY (second, channel)
) WITHOUT ROWID;
