/**
 * Programs to begin with, in English and Spanish. Plain descriptions of everyday classroom goals, written for
 * Handrail; no published curriculum, passage or norm is in them. The IEP's words and criterion are never given: they
 * come from the student's own IEP. What is taken becomes a draft that the owner reads and changes.
 */
import { CHOICES, type LooseMeasure } from './fields.ts'
import { readWorking, type Working } from './working.ts'

export interface Template {
  readonly id: string
  readonly working: Working
}

/** What is said in both languages. */
interface Words {
  readonly title: string
  readonly definition: string
  readonly examples: readonly string[]
  readonly non_examples: readonly string[]
  readonly instruction?: string
  readonly error_correction?: string
  readonly reinforcement?: string
  readonly fidelity?: readonly string[]
  readonly steps?: readonly string[]
}

interface Both {
  readonly id: string
  readonly direction?: 'decrease'
  readonly measure: LooseMeasure
  readonly response_window_s?: number
  readonly en: Words
  readonly es: Words
}

/** The templates in a language; English where it has none of its own. */
export function templatesIn(locale: string): readonly Template[] {
  return TEMPLATES.map(({ id, direction = 'increase', measure, response_window_s, en, es }) => {
    const { steps, ...words } = locale.startsWith('es') ? es : en
    const listed = steps === undefined ? {} : { [measure.system === 'steps' ? 'steps' : 'items']: steps }
    return {
      id,
      working: readWorking({
        ...words,
        direction,
        measure: { ...measure, ...listed },
        ...(response_window_s === undefined ? {} : { response_window_s }),
      }),
    }
  })
}

function start(id: string, over: { readonly [field: string]: LooseMeasure[string] } = {}): LooseMeasure {
  const choice = Object.values(CHOICES)
    .flat()
    .find((one) => one.id === id)
  if (!choice) throw new RangeError(`no way of measuring is called ${id}`)
  return { ...choice.start, ...over }
}

const TEMPLATES: readonly Both[] = [
  {
    id: 'requesting',
    measure: start('trials', { planned: 10, min_opportunities: 5 }),
    response_window_s: 5,
    en: {
      title: 'Requesting',
      definition:
        'Asks for an item or activity by word, sign, picture or device, within 5 seconds of seeing it out of reach, without help.',
      examples: ['Hands over the picture of the ball', 'Says “ba” while looking at the ball'],
      non_examples: ['Reaches or pulls an adult’s hand', 'Names the ball while already holding it'],
      instruction: 'Hold the item in sight, out of reach. Say nothing. Wait.',
      error_correction: 'Give the next prompt; let the student finish; hand over the item for a short turn.',
      reinforcement: 'The item asked for, at once, with a few words.',
      fidelity: [
        'Item in sight before the trial',
        'Waits before each prompt',
        'Gives the item within 2 seconds',
      ],
    },
    es: {
      title: 'Pedir',
      definition:
        'Pide un objeto o una actividad con palabra, seña, imagen o dispositivo, antes de 5 segundos de verlo fuera de su alcance, sin ayuda.',
      examples: ['Entrega la imagen de la pelota', 'Dice “pe” mirando la pelota'],
      non_examples: ['Estira la mano o jala la mano del adulto', 'Nombra la pelota cuando ya la tiene'],
      instruction: 'Muestre el objeto fuera de su alcance. No diga nada. Espere.',
      error_correction: 'Dé la siguiente ayuda; deje que termine; entregue el objeto por un turno corto.',
      reinforcement: 'Lo que pidió, enseguida, con pocas palabras.',
      fidelity: [
        'Objeto a la vista antes del ensayo',
        'Espera antes de cada ayuda',
        'Entrega antes de 2 segundos',
      ],
    },
  },
  {
    id: 'hand_washing',
    measure: start('steps', { min_opportunities: 4 }),
    en: {
      title: 'Washing hands',
      definition: 'Does each step in order, beginning it within 5 seconds of the one before, without help.',
      examples: ['Uses the other hand’s elbow to close the tap'],
      non_examples: ['An adult turns the water off'],
      instruction: '“Wash your hands.” Said once, at the sink.',
      steps: [
        'Turns on the water',
        'Wets both hands',
        'Takes soap',
        'Rubs palms and backs of the hands',
        'Rubs between the fingers',
        'Rinses until no soap is left',
        'Turns off the water',
        'Dries both hands',
      ],
    },
    es: {
      title: 'Lavarse las manos',
      definition:
        'Hace cada paso en orden, y lo comienza antes de 5 segundos después del anterior, sin ayuda.',
      examples: ['Cierra la llave con el codo'],
      non_examples: ['Un adulto cierra la llave'],
      instruction: '“Lávate las manos.” Una sola vez, frente al lavabo.',
      steps: [
        'Abre la llave',
        'Moja las dos manos',
        'Toma jabón',
        'Frota palmas y dorsos',
        'Frota entre los dedos',
        'Enjuaga hasta que no quede jabón',
        'Cierra la llave',
        'Seca las dos manos',
      ],
    },
  },
  {
    id: 'on_task',
    measure: start('momentary'),
    en: {
      title: 'On task',
      definition:
        'At the cue: eyes or hands on the assigned work or on the person who is teaching, or doing what was just asked.',
      examples: ['Writes the answer', 'Looks at the teacher while she explains', 'Raises a hand and waits'],
      non_examples: [
        'Looks out of the window',
        'Draws on the worksheet',
        'Talks with a peer about something else',
      ],
    },
    es: {
      title: 'Atento a la tarea',
      definition:
        'En la señal: ojos o manos en el trabajo asignado o en quien enseña, o haciendo lo que se acaba de pedir.',
      examples: ['Escribe la respuesta', 'Mira a la maestra mientras explica', 'Levanta la mano y espera'],
      non_examples: ['Mira por la ventana', 'Dibuja en la hoja', 'Habla de otra cosa con un compañero'],
    },
  },
  {
    id: 'oral_reading',
    measure: start('reading'),
    en: {
      title: 'Oral reading',
      definition:
        'Words read aloud correctly in one minute from a passage of the goal’s level, not read before.',
      examples: ['Corrects a word by themselves within 3 seconds', 'Says the word in their own dialect'],
      non_examples: ['Another word, a left-out word, a word told after 3 seconds'],
      instruction: '“Read this aloud. If you come to a word you do not know, I will tell it to you. Begin.”',
      fidelity: [
        'Starts the time at the first word',
        'Tells a word after 3 seconds',
        'Does not correct errors',
      ],
    },
    es: {
      title: 'Lectura en voz alta',
      definition:
        'Palabras leídas bien en voz alta en un minuto, de un texto del nivel de la meta, no leído antes.',
      examples: ['Se corrige antes de 3 segundos', 'Pronuncia la palabra en su propio dialecto'],
      non_examples: ['Otra palabra, una palabra omitida, una palabra dicha después de 3 segundos'],
      instruction: '“Lee esto en voz alta. Si no sabes una palabra, yo te la digo. Empieza.”',
      fidelity: [
        'Inicia el tiempo con la primera palabra',
        'Dice la palabra después de 3 segundos',
        'No corrige errores',
      ],
    },
  },
  {
    id: 'break_card',
    measure: start('opportunities', { min_opportunities: 3 }),
    response_window_s: 10,
    en: {
      title: 'Break card',
      definition:
        'When work is hard or long: hands over or points to the break card, or says “break, please”, before leaving the place or the task.',
      examples: ['Slides the card to the adult', 'Says “break” and stays seated'],
      non_examples: ['Leaves first and then points to the card', 'Is told to take a break'],
      error_correction: 'Prompt the card in the program’s order; then give the break.',
      reinforcement: 'A break of 3 minutes, at once, every time.',
    },
    es: {
      title: 'Tarjeta de descanso',
      definition:
        'Cuando el trabajo es difícil o largo: entrega o señala la tarjeta, o dice “descanso, por favor”, antes de dejar el lugar o la tarea.',
      examples: ['Desliza la tarjeta hacia el adulto', 'Dice “descanso” y sigue sentado'],
      non_examples: ['Primero se va y luego señala la tarjeta', 'Se le dice que descanse'],
      error_correction: 'Ayude con la tarjeta en el orden del programa; luego dé el descanso.',
      reinforcement: 'Un descanso de 3 minutos, enseguida, cada vez.',
    },
  },
  {
    id: 'greeting',
    measure: start('opportunities'),
    response_window_s: 5,
    en: {
      title: 'Greeting peers',
      definition:
        'Within 5 seconds of a peer coming near or greeting: looks toward the peer and greets by word, wave or device.',
      examples: ['Waves back', 'Presses “hello” on the device'],
      non_examples: ['Repeats the greeting only after an adult says it', 'Greets the adult'],
    },
    es: {
      title: 'Saludar a compañeros',
      definition:
        'Antes de 5 segundos de que un compañero se acerca o saluda: mira hacia él y saluda con palabra, gesto o dispositivo.',
      examples: ['Devuelve el saludo con la mano', 'Oprime “hola” en el dispositivo'],
      non_examples: ['Repite el saludo solo después del adulto', 'Saluda al adulto'],
    },
  },
  {
    id: 'leaves_seat',
    direction: 'decrease',
    measure: start('rate'),
    en: {
      title: 'Out of seat',
      definition: 'Both feet take a step away from the chair during work time, without having been allowed.',
      examples: ['Walks to the window', 'Stands up and takes two steps'],
      non_examples: ['Kneels on the chair', 'Gets a pencil after asking'],
    },
    es: {
      title: 'Deja su asiento',
      definition: 'Los dos pies se alejan de la silla durante el trabajo, sin permiso.',
      examples: ['Camina a la ventana', 'Se levanta y da dos pasos'],
      non_examples: ['Se arrodilla en la silla', 'Va por un lápiz después de pedirlo'],
    },
  },
  {
    id: 'starting_work',
    direction: 'decrease',
    measure: start('latency', { limit_s: 120 }),
    en: {
      title: 'Starting work',
      definition:
        'Seconds from the end of the instruction to the first mark, cut or move that belongs to the task.',
      examples: ['Writes the first letter', 'Picks up the first block of the pattern'],
      non_examples: ['Opens the folder', 'Writes the name'],
      instruction: '“Please begin.” Said once, with the task on the table.',
    },
    es: {
      title: 'Comenzar el trabajo',
      definition:
        'Segundos desde el final de la instrucción hasta la primera marca, corte o acción de la tarea.',
      examples: ['Escribe la primera letra', 'Toma el primer bloque del modelo'],
      non_examples: ['Abre la carpeta', 'Escribe su nombre'],
      instruction: '“Comienza, por favor.” Una vez, con la tarea en la mesa.',
    },
  },
  {
    id: 'calming',
    direction: 'decrease',
    measure: start('duration', { value: 'mean' }),
    en: {
      title: 'Time to calm',
      definition:
        'Begins with crying, shouting or dropping to the floor; ends after 30 seconds without any of them.',
      examples: ['Shouts, is quiet for 10 seconds, shouts again: one episode'],
      non_examples: ['Cries after a fall', 'Says “I am angry” in a speaking voice'],
    },
    es: {
      title: 'Tiempo para calmarse',
      definition:
        'Comienza con llanto, gritos o tirarse al piso; termina después de 30 segundos sin nada de eso.',
      examples: ['Grita, calla 10 segundos, grita otra vez: un episodio'],
      non_examples: ['Llora después de caerse', 'Dice “estoy enojado” con voz normal'],
    },
  },
  {
    id: 'self_check',
    measure: start('self'),
    en: {
      title: 'Checking my own work time',
      definition:
        'At each cue the student marks “working” or “not yet”; the adult marks the same interval apart.',
      examples: ['Marks “not yet” after looking away: honest, and a match'],
      non_examples: ['Marks all boxes at the end'],
    },
    es: {
      title: 'Reviso mi tiempo de trabajo',
      definition:
        'En cada señal el estudiante marca “trabajo” o “aún no”; el adulto marca aparte el mismo intervalo.',
      examples: ['Marca “aún no” tras distraerse: honesto, y coincide'],
      non_examples: ['Marca todas las casillas al final'],
    },
  },
  {
    id: 'packing_up',
    measure: start('checklist'),
    en: {
      title: 'Packing up',
      definition: 'Each item is done before the bell, without help.',
      examples: ['Asks a peer where the folder goes'],
      non_examples: ['An adult packs the bag'],
      steps: ['Folder in the bag', 'Lunch box in the bag', 'Chair on the table', 'Coat on', 'In line'],
    },
    es: {
      title: 'Guardar sus cosas',
      definition: 'Cada punto está hecho antes del timbre, sin ayuda.',
      examples: ['Pregunta a un compañero dónde va la carpeta'],
      non_examples: ['Un adulto guarda la mochila'],
      steps: [
        'Carpeta en la mochila',
        'Lonchera en la mochila',
        'Silla sobre la mesa',
        'Abrigo puesto',
        'En la fila',
      ],
    },
  },
]
