/** Words of data sheets in both languages: on paper, and on the form that keys the paper in. Codes never change. */
import type { System } from '../../sessions/measures.ts'
import type { Language } from '../records.ts'

export interface SheetWords {
  readonly hint: { readonly [system in System]?: string }
  readonly results: {
    readonly [
      result in
        | 'independent'
        | 'incorrect'
        | 'no_response'
        | 'refused'
        | 'interrupted'
        | 'adult'
        | 'not_applicable'
    ]: string
  }
  readonly notYetAfter: (prompt: string) => string
  readonly some: (most: number) => string
  readonly many: (from: number) => string
  readonly attempted: (unit: string) => string
  readonly secondsOf: (seconds: number) => string
  readonly noneBy: (seconds: number) => string
  readonly abc: Readonly<Record<string, string>>
  readonly care: Readonly<Record<string, string>>
  readonly trials: string
  readonly chances: string
  readonly steps: string
  readonly intervals: string
  readonly byStudent: string
  readonly byAdult: string
  readonly probe: string
  readonly firstTrial: string
  readonly items: string
  readonly cells: string
  readonly yes: string
  readonly no: string
  readonly notToday: string
  readonly never: string
  readonly count: string
  readonly workedOn: string
  readonly wrong: string
  readonly errors: string
  readonly seconds: string
  readonly episodes: string
  readonly responses: string
  readonly cues: string
  readonly secondsUntil: string
  readonly occurrences: string
  readonly events: string
  readonly visits: string
  readonly meals: string
  readonly start: string
  readonly stop: string
  readonly when: string
  readonly level: string
  readonly before: string
  readonly behavior: string
  readonly after: string
  readonly kind: string
  readonly result: string
  readonly clothing: string
  readonly changed: string
  readonly skin: string
  readonly secondAdult: string
  readonly meal: string
  readonly minutes: string
  readonly eaten: string
  readonly fluid: string
  readonly help: string
  readonly refusals: string
  readonly safety: string
  readonly student: string
  readonly day: string
  readonly who: string
  readonly from: string
  readonly to: string
  readonly tallies: string
  readonly code: string
  readonly keyIn: string
  readonly codesHere: string
  readonly private: string
}

export function wordsOf(lang: Language): SheetWords {
  return WORDS[lang]
}

const EN: SheetWords = {
  hint: {
    trials: 'Write one code in each box, in order.',
    opportunities: 'Write one code for each chance that came up.',
    steps: 'Circle one code for each step.',
    count: 'One stroke each time it happens, then the total.',
    duration: 'Clock time with seconds at the start and the stop of each episode.',
    latency: 'Seconds from the cue until it began, or a cross if it did not begin in time.',
    irt: 'Clock time with seconds of each response.',
    interval: '1 or 0 in each box; leave a box empty that nobody watched.',
    rubric: 'Circle one level for each item.',
    product: 'Count the items worked on and those that were wrong.',
    cbm: 'Write the numbers when the time is up.',
    probe: 'First trial of the day, before any teaching. Circle one.',
    abc: 'What came before, what happened, what came after. What you saw, not why.',
    scatterplot: 'Circle one for each time you watched; leave the others empty.',
    intensity: 'The time and the level of each occurrence.',
    checklist: 'Circle one for each item.',
    toileting: 'One line a visit. No notes about the body; a skin concern goes to the nurse.',
    feeding: 'One line a meal. Any safety sign: stop and call the nurse.',
    self: 'At each cue the student marks 1 or 0; the adult marks the same, unseen.',
  },
  results: {
    independent: 'alone',
    incorrect: 'not yet',
    no_response: 'no answer',
    refused: 'refused',
    interrupted: 'interrupted',
    adult: 'done by adult',
    not_applicable: 'not today',
  },
  notYetAfter: (prompt) => `not yet, after ${prompt}`,
  some: (most) => (most > 1 ? `1 to ${most}` : '1'),
  many: (from) => `${from} or more`,
  attempted: (unit) => `Attempted (${unit})`,
  secondsOf: (seconds) => `Seconds, if fewer than ${seconds}`,
  noneBy: (seconds) => `Not within ${seconds} s`,
  abc: {
    demand_academic: 'school task asked',
    demand_other: 'other request',
    difficult_task: 'difficult or long task',
    transition: 'change of activity',
    denied: 'told no',
    wait: 'had to wait',
    attention_removed: 'attention went elsewhere',
    attention_given: 'attention given',
    peer_conflict: 'conflict with a peer',
    item_removed: 'item taken away',
    unstructured: 'free time',
    sensory: 'noise, touch or light',
    corrected: 'was corrected',
    alone: 'alone, nothing to do',
    not_seen: 'not seen',
    aggression_staff: 'aggression to staff',
    aggression_peer: 'aggression to a peer',
    self_injury: 'self-injury',
    property: 'property damage',
    elopement: 'left without permission',
    disruption_verbal: 'calling out',
    disruption_motor: 'disruptive movement',
    non_completion: 'task not done',
    stereotypy: 'repetitive movement',
    disrobing: 'undressing',
    mouthing: 'mouthing',
    other: 'other',
    attention_comfort: 'comforted',
    attention_correction: 'corrected',
    attention_peer: 'peers paid attention',
    task_reduced: 'task removed or reduced',
    break_given: 'break given',
    task_continued: 'task went on with a prompt',
    item_given: 'item or activity given',
    redirected: 'redirected',
    planned_ignoring: 'planned ignoring',
    replacement_prompted: 'replacement prompted',
    left_area: 'left the area',
    calm_space: 'calm space, open',
    help_called: 'help called',
  },
  care: {
    scheduled: 'scheduled',
    initiated: 'student asked',
    noticed: 'adult noticed',
    accident: 'accident',
    dry_check: 'dry check',
    urine: 'urine',
    bm: 'BM',
    both: 'both',
    dry: 'dry',
    refused: 'refused',
    wet: 'wet',
    soiled: 'soiled',
    independent: 'alone',
    verbal: 'words',
    physical: 'hands',
    sit: 'Sit',
    wipe: 'Wipe',
    dress: 'Dress',
    flush: 'Flush',
    wash: 'Wash',
    breakfast: 'breakfast',
    snack: 'snack',
    lunch: 'lunch',
    cough: 'cough',
    gag: 'gag',
    wet_voice: 'wet voice',
    color_change: 'color change',
    choking: 'choking',
  },
  trials: 'Trials',
  chances: 'Chances',
  steps: 'Steps',
  intervals: 'Intervals',
  byStudent: 'Marked by the student',
  byAdult: 'Marked by the adult',
  probe: 'Cold probe',
  firstTrial: 'First trial of the day',
  items: 'Items',
  cells: 'Time of day',
  yes: 'yes',
  no: 'no',
  notToday: 'not today',
  never: 'watched, never',
  count: 'Total',
  workedOn: 'Items worked on',
  wrong: 'Of these wrong',
  errors: 'Errors',
  seconds: 'Seconds of work, if timed',
  episodes: 'Episodes',
  responses: 'Responses',
  cues: 'Cues',
  secondsUntil: 'Seconds until it began',
  occurrences: 'Occurrences',
  events: 'Events',
  visits: 'Visits',
  meals: 'Meals',
  start: 'Start',
  stop: 'Stop',
  when: 'Time',
  level: 'Level',
  before: 'Before',
  behavior: 'Behavior',
  after: 'After',
  kind: 'Visit',
  result: 'Result',
  clothing: 'Clothing before',
  changed: 'Changed',
  skin: 'Skin: nurse',
  secondAdult: 'Second adult',
  meal: 'Meal',
  minutes: 'Minutes',
  eaten: 'Eaten',
  fluid: 'Drunk, mL',
  help: 'Help',
  refusals: 'Refusals',
  safety: 'Safety signs',
  student: 'Student',
  day: 'Day',
  who: 'Who',
  from: 'Watched from',
  to: 'to',
  tallies: 'Strokes',
  code: 'Code of this sheet',
  keyIn: 'Key it in: point a camera here while signed in, or type the code under Students, Key in a sheet.',
  codesHere: 'Codes',
  private: 'Private: personal care. Keep it apart from other sheets, covered, and hand it only to the team.',
}

const ES: SheetWords = {
  hint: {
    trials: 'Escriba un código en cada casilla, en orden.',
    opportunities: 'Escriba un código por cada oportunidad que hubo.',
    steps: 'Encierre un código en cada paso.',
    count: 'Una raya cada vez que ocurre; después, el total.',
    duration: 'Hora con segundos al empezar y al terminar cada episodio.',
    latency: 'Segundos desde la señal hasta que empezó, o una cruz si no empezó a tiempo.',
    irt: 'Hora con segundos de cada respuesta.',
    interval: '1 o 0 en cada casilla; deje vacía la que nadie observó.',
    rubric: 'Encierre un nivel en cada punto.',
    product: 'Cuente los ejercicios hechos y los que estaban mal.',
    cbm: 'Escriba los números cuando termine el tiempo.',
    probe: 'Primer ensayo del día, antes de enseñar. Encierre uno.',
    abc: 'Qué pasó antes, qué pasó y qué pasó después. Lo que vio, no por qué.',
    scatterplot: 'Encierre uno por cada rato que observó; deje vacíos los demás.',
    intensity: 'La hora y el nivel de cada vez.',
    checklist: 'Encierre uno en cada punto.',
    toileting: 'Una línea por visita. Sin notas sobre el cuerpo; si hay algo en la piel, avise a enfermería.',
    feeding: 'Una línea por comida. Ante cualquier señal de peligro: pare y llame a enfermería.',
    self: 'A cada señal el estudiante marca 1 o 0; el adulto marca lo mismo sin que se vea.',
  },
  results: {
    independent: 'sin ayuda',
    incorrect: 'todavía no',
    no_response: 'sin respuesta',
    refused: 'no quiso',
    interrupted: 'interrumpido',
    adult: 'lo hizo el adulto',
    not_applicable: 'hoy no',
  },
  notYetAfter: (prompt) => `todavía no, después de ${prompt}`,
  some: (most) => (most > 1 ? `de 1 a ${most}` : '1'),
  many: (from) => `${from} o más`,
  attempted: (unit) => `Intentados (${unit})`,
  secondsOf: (seconds) => `Segundos, si fueron menos de ${seconds}`,
  noneBy: (seconds) => `No en ${seconds} s`,
  abc: {
    demand_academic: 'se pidió una tarea escolar',
    demand_other: 'otra petición',
    difficult_task: 'tarea difícil o larga',
    transition: 'cambio de actividad',
    denied: 'se le dijo que no',
    wait: 'tuvo que esperar',
    attention_removed: 'la atención se fue a otro lado',
    attention_given: 'recibió atención',
    peer_conflict: 'conflicto con un compañero',
    item_removed: 'se retiró un objeto',
    unstructured: 'tiempo libre',
    sensory: 'ruido, contacto o luz',
    corrected: 'se le corrigió',
    alone: 'solo, sin actividad',
    not_seen: 'no se vio',
    aggression_staff: 'agresión al personal',
    aggression_peer: 'agresión a un compañero',
    self_injury: 'se lastimó',
    property: 'daño a objetos',
    elopement: 'salió sin permiso',
    disruption_verbal: 'gritos o interrupciones',
    disruption_motor: 'movimiento que interrumpe',
    non_completion: 'no hizo la tarea',
    stereotypy: 'movimiento repetitivo',
    disrobing: 'se quitó la ropa',
    mouthing: 'se llevó objetos a la boca',
    other: 'otro',
    attention_comfort: 'se le consoló',
    attention_correction: 'se le corrigió',
    attention_peer: 'atención de compañeros',
    task_reduced: 'tarea retirada o reducida',
    break_given: 'se dio un descanso',
    task_continued: 'la tarea siguió con ayuda',
    item_given: 'se dio un objeto o actividad',
    redirected: 'se redirigió',
    planned_ignoring: 'se ignoró según el plan',
    replacement_prompted: 'se pidió la alternativa',
    left_area: 'salió del lugar',
    calm_space: 'espacio tranquilo, abierto',
    help_called: 'se llamó a alguien',
  },
  care: {
    scheduled: 'programada',
    initiated: 'la pidió',
    noticed: 'lo notó un adulto',
    accident: 'accidente',
    dry_check: 'revisión',
    urine: 'orina',
    bm: 'evacuación',
    both: 'ambas',
    dry: 'seco',
    refused: 'no quiso',
    wet: 'mojada',
    soiled: 'sucia',
    independent: 'sin ayuda',
    verbal: 'palabras',
    physical: 'manos',
    sit: 'Sentarse',
    wipe: 'Limpiarse',
    dress: 'Vestirse',
    flush: 'Descargar',
    wash: 'Lavarse',
    breakfast: 'desayuno',
    snack: 'merienda',
    lunch: 'almuerzo',
    cough: 'tos',
    gag: 'arcada',
    wet_voice: 'voz húmeda',
    color_change: 'cambio de color',
    choking: 'atragantamiento',
  },
  trials: 'Ensayos',
  chances: 'Oportunidades',
  steps: 'Pasos',
  intervals: 'Intervalos',
  byStudent: 'Marcado por el estudiante',
  byAdult: 'Marcado por el adulto',
  probe: 'Prueba en frío',
  firstTrial: 'Primer ensayo del día',
  items: 'Puntos',
  cells: 'Hora del día',
  yes: 'sí',
  no: 'no',
  notToday: 'hoy no',
  never: 'observado, nunca',
  count: 'Total',
  workedOn: 'Ejercicios hechos',
  wrong: 'De estos, mal',
  errors: 'Errores',
  seconds: 'Segundos de trabajo, si se midieron',
  episodes: 'Episodios',
  responses: 'Respuestas',
  cues: 'Señales',
  secondsUntil: 'Segundos hasta que empezó',
  occurrences: 'Veces',
  events: 'Sucesos',
  visits: 'Visitas',
  meals: 'Comidas',
  start: 'Empezó',
  stop: 'Terminó',
  when: 'Hora',
  level: 'Nivel',
  before: 'Antes',
  behavior: 'Conducta',
  after: 'Después',
  kind: 'Visita',
  result: 'Resultado',
  clothing: 'Ropa antes',
  changed: 'Se cambió',
  skin: 'Piel: enfermería',
  secondAdult: 'Segundo adulto',
  meal: 'Comida',
  minutes: 'Minutos',
  eaten: 'Comió',
  fluid: 'Bebió, mL',
  help: 'Ayuda',
  refusals: 'Rechazos',
  safety: 'Señales de peligro',
  student: 'Estudiante',
  day: 'Día',
  who: 'Quién',
  from: 'Observado de',
  to: 'a',
  tallies: 'Rayas',
  code: 'Código de esta hoja',
  keyIn:
    'Para pasarla: apunte aquí con una cámara con la sesión iniciada, o escriba el código en Estudiantes, Pasar una hoja.',
  codesHere: 'Códigos',
  private:
    'Privado: cuidado personal. Guárdela aparte de las demás hojas, cubierta, y entréguela solo al equipo.',
}

const WORDS: Readonly<Record<Language, SheetWords>> = { en: EN, es: ES }
