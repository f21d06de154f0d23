/** What `--help` says, in English; other languages have the same keys, which their types enforce. */
export const helpEn = {
  usage:
    '$0 <command>\n\nMakes photos of patients’ skin safe to share. Nothing leaves this machine, but by enqueue and worker: what they hand to your own servers.',
  exitCodes:
    'Exit codes: 0 all cleared, 1 the run itself failed, 2 wrong usage, 3 some photos need review or were refused.',
  noCommand: 'Expected a command',
  wrongUsage: 'Wrong usage',
  meant: (right: string, wrong: string) => `Did you mean ${right} instead of ${wrong}?`,
  /** Sentences of the parser, instead of its own. */
  parser: { 'Not enough arguments following: %s': 'Expected --%s with a value but received none' },
  hints: {
    number: '[number]',
    choices: (words: string) => `[choices: ${words}]`,
    default: (value: string) => `[default: ${value}]`,
  },
  queuePassword: (variable: string) =>
    `A password belongs in $${variable}=rediss://USER:PASSWORD@HOST:PORT, not on the command line, which others of the machine can read. TLS with a CA of your own: NODE_EXTRA_CA_CERTS=ca.pem. See docs/queue.md.`,
  commands: {
    run: {
      about: 'De-identify photos into a folder: cleared/, review/, report.html and ledger.jsonl',
      inputs: 'Files, folders or globs',
      examples: {
        folder: 'Everything in a folder, for an open network',
        keep: 'Never cover the lesion',
        attest: 'You have looked yourself: no tattoo on any of them',
        clinical: 'For teledermatology: the patient’s own doctors',
        retry: 'Go on, and try again what was refused',
      },
    },
    watch: {
      about: 'De-identify photos as they arrive in a folder, until Ctrl-C',
      folder:
        'The folder that photos arrive in. A photo is taken when nothing of it has changed for 3 seconds; files that belong to it (PHOTO.keep.json, PHOTO.txt) have to be there by then',
      examples: { inbox: 'What is there and what arrives; the same command goes on later' },
    },
    review: {
      about: 'Open the local page: one photo at a time, or the photos of a run that a person must look at',
      folder: 'The --out of a finished run; without it, single photos',
      examples: {
        single: 'Drop a photo in, see what will be hidden, save what may be shared',
        folder: 'Decide about the photos in out/review',
      },
    },
    enqueue: {
      about: 'Like run, with "worker" processes on any number of machines treating the photos',
      inputs: 'Files, folders or globs, or s3://BUCKET/PREFIX',
      examples: {
        mounted: 'Workers see both folders at these paths',
        stored:
          'Workers see object storage only; AWS_ENDPOINT_URL_S3, AWS_REGION and credentials from the environment',
      },
    },
    worker: {
      about: 'Treat photos that "enqueue" put into a queue, until it is stopped',
      examples: {
        plain: 'As many photos at once as fit',
        service: 'As a service; SIGTERM finishes what is in work',
      },
    },
    status: {
      about: 'Say how many photos wait in a queue, and how many workers treat them',
      examples: { plain: 'Numbers only, no names' },
    },
    inspect: {
      about: 'Say what photos give away and what would be covered; writes nothing',
      files: 'Files, folders or globs',
    },
    verify: {
      about:
        'Check finished photos again, and whether the folder may be shared: nothing but pixels in them, unchanged since the ledger, ledger unbroken, nothing else in the folder. Exit code 0, or 3 with every problem named',
      dir: 'The --out folder of a run',
      examples: {
        plain: 'Before the photos leave, or after they arrived',
        clean: 'Make a copy fit to be shared',
      },
    },
    names: {
      about:
        'Say which file became which photo, refused files too, and why; needs .state/, and what it prints is as private',
      folder: 'The --out of a run',
      examples: {
        plain: 'A table: source, output, outcome, reason',
        csv: 'For a spreadsheet; keep the file as private as .state/',
      },
    },
    keygen: {
      about: 'Make a key that signs runs, and the public one that checks them (Ed25519)',
      key: 'File for the secret key; the other one becomes KEY.pub',
      examples: { plain: 'Then: run … --sign clinic.key; verify … --public-key clinic.key.pub' },
    },
    doctor: { about: 'Check engines, models, formats and threads on this machine' },
  },
  /** By the group of options, and in it by the name of the field. */
  options: {
    language: { lang: 'Of what is printed and of the reports [default: that of the environment]' },
    settings: {
      destination:
        'Who will see the photos; sets how much risk may remain, and size and format: public (an open network, such as Twitter), professional (a closed network of doctors, such as MedPics), clinical (store-and-forward teledermatology)',
      maxRisk: 'Less risk than the destination accepts, 0 to 1',
      style: 'How regions are covered; none can be undone',
      extent:
        'How much is covered; "wide": the whole head with hair and ears, single features of a face, and more around tattoos, text and codes',
      faces:
        'What of a face is covered; "features": eyes, nose, mouth, ears, hairline and outline, and the skin stays where all of them were seen with confidence',
      keep: 'A region x,y,width,height that shows the lesion and is not covered, in upright pixels of every photo; repeatable. For one photo: a file PHOTO.keep.json beside it, {"keep": [[x, y, width, height]]}',
      cropToKeep:
        'Cut each photo down to its kept regions and what surrounds them: what is not there cannot identify',
      allowFaceInKeep:
        'Let a kept region show features of a face too, not only its skin; recorded, and raises the risk',
      allowText:
        'A regular expression: lines of text that it matches from end to end, and that were read with confidence, are not covered; repeatable',
      keepRuler: 'Do not cover the numbers on a ruler beside the lesion',
      attestNone: 'What you have seen yourself: no photo shows one; recorded as yours; repeatable',
      caption:
        'A text file that goes with the photos: names, dates, places, numbers and contacts in it are told and count in the risk. For one photo: a file PHOTO.txt beside it',
      outputFormat: 'Write this format [default: the format of each photo, HEIC to JPEG]',
    },
    config: { config: 'A JSON file with these options; the command line wins' },
    output: {
      out: 'Output folder; must be new, or hold the same run, which then goes on where it stopped',
      sign: 'A key of "keygen": signs summary.json, and with it the ledger',
      adoptUnsigned:
        'Sign records too that no signature covers: of a run that was not signed or was killed, or of decisions in review; recorded',
      retryRefused: 'Treat again what an earlier run into the same folder refused',
      repair:
        'Go on in a folder whose ledger is broken: what does not hold is set aside in .state, and its photos are treated again',
    },
    log: { log: 'How progress is written to standard error: for people, or one JSON object per line' },
    machine: {
      jobs: 'Photos treated at once, each in a process of its own [default: as many as cores and memory allow]',
      photoSeconds: 'A photo that takes longer is refused',
      photoMemory: 'A photo that takes more MiB of memory is refused [default: the share of one process]',
    },
    queue: {
      redis:
        'The queue: a Redis (7) or Valkey server, redis://HOST:PORT, or rediss://HOST:PORT for TLS [default: $IMAGE_DEID_REDIS_URL]',
    },
    run: { dryRun: 'Say what would be done; write nothing' },
    enqueue: {
      exchange:
        's3://BUCKET/PREFIX through which workers hand over finished photos [default: the --out folder, which they must see at the same path]',
    },
    worker: {
      metrics: 'Serve Prometheus metrics at http://127.0.0.1:PORT/metrics; HOST:PORT for another address',
      lease:
        'Seconds without a sign of life after which the photos of a worker go to another; the same for all',
    },
    status: { json: 'As one JSON object' },
    inspect: { json: 'One JSON line per file' },
    review: {
      port: 'Of the loopback address; 0: any that is free',
      open: 'Open the browser; --no-open only prints the address',
    },
    names: {
      csv: 'As CSV, for a spreadsheet; no cell begins a formula',
      json: 'One JSON line per photo',
    },
    verify: {
      publicKey: 'The .pub file of "keygen": the run must be signed with its key',
      expectRecords:
        'The number of records that an earlier "verify" told: fewer are an earlier state, put back',
      private: 'The folder stays with you: what is private in it is no fault',
      clean:
        'Remove what may not be shared: .state/, the private report, what the ledger does not know, attributes of files. The run cannot go on afterwards',
    },
  },
};

export type HelpWords = typeof helpEn;
