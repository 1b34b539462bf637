import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv, type ColumnSpec, type CsvOptions } from './csv.ts'

const COLUMNS: readonly ColumnSpec[] = [
  { name: 'sourcedId', required: true },
  { name: 'familyName', required: true },
  { name: 'grades', aliases: ['grade'] },
  { name: 'email' },
]
const HEADER = 'sourcedId,familyName,grades,email'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian)
  return new Uint8Array(view.buffer)
}
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

function read(input: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  const bytes = typeof input === 'string' ? utf8(input) : input
  return readCsv(bytes, { file: 'users.csv', expected: COLUMNS, ...options })
}

/** Findings as [code, row, field, severity]: what a program branches on. */
function found(input: string | Uint8Array, options: Partial<CsvOptions> = {}) {
  return read(input, options).findings.map(({ code, row, field, severity }) => [code, row, field, severity])
}

describe('what a sound file gives', () => {
  it('names each value by its column and each row by its line', () => {
    const file = read(`${HEADER}\n1,Reyes,04,a@b.example\n\n2,"O’Neil, Jr.",,\n`)
    expect(file.rows).toEqual([
      { line: 2, values: { sourcedId: '1', familyName: 'Reyes', grades: '04', email: 'a@b.example' } },
      { line: 4, values: { sourcedId: '2', familyName: 'O’Neil, Jr.', grades: '', email: '' } },
    ])
    expect(file.findings).toEqual([])
    expect(file.headers).toEqual(['sourcedId', 'familyName', 'grades', 'email'])
    expect(file.facts).toEqual({ encoding: 'utf-8', bom: false, delimiter: ',', lineEnd: 'lf', records: 2 })
    expect(file.usable).toBe(true)
  })

  it.each([
    ['lf', '\n'],
    ['crlf', '\r\n'],
    ['cr', '\r'],
  ])('reads lines that end with %s, and counts them when a value spans lines', (lineEnd, end) => {
    const text = [HEADER, `1,"Saint${end}Clair",,`, '', '2,Nash,,'].join(end)
    const file = read(text)
    expect(file.facts.lineEnd).toBe(lineEnd)
    expect(file.rows.map((row) => [row.line, row.values['familyName']])).toEqual([
      [2, `Saint${end}Clair`],
      [5, 'Nash'],
    ])
  })

  it('reads mixed line ends', () => {
    const file = read(`${HEADER}\r\n1,A,,\n2,B,,\r3,C,,`)
    expect(file.facts.lineEnd).toBe('mixed')
    expect(file.rows.map((row) => row.line)).toEqual([2, 3, 4])
  })

  it.each([',', ';', '\t', '|'])('finds out that the delimiter is %j', (delimiter) => {
    const file = read([HEADER, '1,Nash,,x'].join('\n').replaceAll(',', delimiter))
    expect(file.facts.delimiter).toBe(delimiter)
    expect(file.rows[0]?.values).toEqual({ sourcedId: '1', familyName: 'Nash', grades: '', email: 'x' })
    expect(file.findings).toEqual([])
  })

  it('keeps an empty first value of a tab-separated row', () => {
    expect(read('familyName\tsourcedId\n\t1').rows[0]?.values).toEqual({ familyName: '', sourcedId: '1' })
  })

  it('reads doubled quotes, and quotes after a space', () => {
    const file = read(`${HEADER}\n1, "Ana ""Nita"" Paz", 04,\n`)
    expect(file.rows[0]?.values).toEqual({
      sourcedId: '1',
      familyName: 'Ana "Nita" Paz',
      grades: '04',
      email: '',
    })
    expect(file.findings).toEqual([])
  })

  it('skips lines that hold nothing but delimiters and spaces', () => {
    const file = read(`\n ,,,\n${HEADER}\n,,,\n1,Nash,,\n  ,,\n`)
    expect(file.rows.map((row) => row.line)).toEqual([5])
    expect(file.facts.records).toBe(1)
    expect(file.findings).toEqual([])
  })

  it('takes a name of an earlier version of the format for the column, without a finding', () => {
    const file = read('sourcedId,familyName,grade\n1,Nash,04')
    expect(file.rows[0]?.values['grades']).toBe('04')
    expect(file.findings).toEqual([])
  })

  it('is not confused by a column named __proto__', () => {
    const file = read('sourcedId,familyName,__proto__\n1,Nash,x')
    expect(Object.hasOwn(file.rows[0]?.values ?? {}, '__proto__')).toBe(true)
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})

describe('encodings', () => {
  const text = `${HEADER}\n1,Muñoz,,\n`

  it.each([
    ['utf-8', false, utf8(text)],
    ['utf-8', true, joined(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(text))],
    ['utf-16le', true, joined(Uint8Array.of(0xff, 0xfe), utf16(text, true))],
    ['utf-16be', true, joined(Uint8Array.of(0xfe, 0xff), utf16(text, false))],
    ['utf-16le', false, utf16(text, true)],
    ['utf-16be', false, utf16(text, false)],
  ])('%s, byte order mark %s', (encoding, bom, bytes) => {
    const file = read(bytes)
    expect(file.facts).toMatchObject({ encoding, bom })
    expect(file.headers[0]).toBe('sourcedId')
    expect(file.rows[0]?.values['familyName']).toBe('Muñoz')
    expect(file.findings).toEqual([])
  })

  it('csv.encoding: reads Windows-1252 and says at which row to look', () => {
    // 0xF1 = ñ, 0x92 = ’, 0x80 = € (Windows-1252, best fit table of the Unicode consortium).
    const bytes = latin(`${HEADER}\n1,Nash,,\n2,Mu\xf1oz,,\n3,O\x92Neil \x80,,\n`)
    const file = read(bytes)
    expect(file.rows.map((row) => row.values['familyName'])).toEqual(['Nash', 'Muñoz', 'O’Neil €'])
    expect(found(bytes)).toEqual([['csv.encoding', 3, 'familyName', 'warning']])
  })

  it('csv.encoding: a byte that Windows-1252 does not have leaves the row out', () => {
    const bytes = latin(`${HEADER}\n1,N\x81sh,,\n2,Mu\xf1oz,,\n`)
    expect(read(bytes).rows.map((row) => row.line)).toEqual([3])
    expect(found(bytes)).toContainEqual(['csv.encoding', 2, 'familyName', 'error'])
  })

  it('csv.encoding: a damaged UTF-8 file is not taken for another encoding, and its bad rows stay out', () => {
    const bytes = joined(utf8(`${HEADER}\n1,Muñoz,,\n2,Peña,,\n3,Nu`), Uint8Array.of(0xc3), utf8('ez,,\n'))
    const file = read(bytes)
    expect(file.facts.encoding).toBe('utf-8')
    expect(file.rows.map((row) => row.values['familyName'])).toEqual(['Muñoz', 'Peña'])
    expect(found(bytes)).toEqual([['csv.encoding', 4, 'familyName', 'error']])
  })

  it('csv.encoding: half a surrogate pair in UTF-16 leaves the row out', () => {
    const bytes = joined(Uint8Array.of(0xff, 0xfe), utf16(`${HEADER}\n1,A\ud83d,,\n2,B,,\n`, true))
    expect(found(bytes)).toEqual([['csv.encoding', 2, 'familyName', 'error']])
    expect(read(bytes).rows.map((row) => row.line)).toEqual([3])
  })

  it('csv.lost_character: a name that was damaged before it came is worth a look', () => {
    expect(found(`${HEADER}\n1,Mu\ufffdoz,,\n`)).toEqual([['csv.lost_character', 2, 'familyName', 'warning']])
  })

  it('csv.unstorable_text: a null character leaves the row out', () => {
    const text = `${HEADER}\n1,Na\u0000sh,,\n2,B,,\n`
    expect(found(text)).toEqual([['csv.unstorable_text', 2, 'familyName', 'error']])
    expect(read(text).rows.map((row) => row.line)).toEqual([3])
  })
})

describe('headers', () => {
  it('csv.duplicate_header', () => {
    // Whether two columns that nobody uses differ in case is nobody's business.
    expect(
      found('sourcedId,familyName,room,Room\n1,Nash,a,b').every((finding) => finding[3] === 'warning'),
    ).toBe(true)
    const text = 'sourcedId,familyName,email,email\n1,Nash,a,b'
    expect(found(text)).toEqual([['csv.duplicate_header', 1, 'email', 'error']])
    expect(read(text)).toMatchObject({ usable: false, rows: [], facts: { records: 1 } })
    expect(found('sourcedId,familyName,Email,email\n1,Nash,a,b')).toEqual([
      ['csv.duplicate_header', 1, 'email', 'error'],
    ])
    expect(found('sourcedId,familyName,room,room\n1,Nash,a,b')).toContainEqual([
      'csv.duplicate_header',
      1,
      'room',
      'error',
    ])
  })

  it.each([
    ['familyNmae', 'familyName'],
    ['famlyName', 'familyName'],
    ['emial', 'email'],
  ])('csv.misspelt_header: %s looks like %s', (misspelt, meant) => {
    const text = `${HEADER.replace(meant, misspelt)}\n1,Nash,,\n`
    expect(found(text)).toEqual([['csv.misspelt_header', 1, misspelt, 'error']])
    expect(read(text).findings[0]?.message).toContain(`“${meant}”`)
    expect(read(text).rows).toEqual([])
  })

  it('does not call a column misspelt when the one it resembles is there', () => {
    expect(found(`${HEADER},email2\n1,Nash,,,\n`)).toEqual([['csv.unknown_header', 1, 'email2', 'warning']])
  })

  it('csv.unknown_header: the column is kept beside the others', () => {
    const text = `${HEADER},homeroom\n1,Nash,,,B12\n`
    expect(found(text)).toEqual([['csv.unknown_header', 1, 'homeroom', 'warning']])
    expect(read(text).rows[0]?.values['homeroom']).toBe('B12')
    expect(found(`${HEADER},metadata.room\n1,Nash,,,B12\n`, { extension: /^metadata\./ })).toEqual([])
  })

  it('csv.missing_header', () => {
    expect(found('sourcedId,grades\n1,04')).toEqual([['csv.missing_header', 1, 'familyName', 'error']])
    expect(found('sourcedId,familyName\n1,Nash')).toEqual([])
  })

  it('csv.header_case: case, spaces and underscores leave no doubt', () => {
    const text = 'SOURCEDID,Family Name,grades,e_mail\n1,Nash,,'
    expect(found(text)).toEqual([
      ['csv.header_case', 1, 'sourcedId', 'warning'],
      ['csv.header_case', 1, 'familyName', 'warning'],
      ['csv.header_case', 1, 'email', 'warning'],
    ])
    expect(read(text).rows[0]?.values).toMatchObject({ sourcedId: '1', familyName: 'Nash' })
  })

  it('csv.blank_header', () => {
    expect(found(`${HEADER},\n1,Nash,,,\n`)).toEqual([['csv.blank_header', 1, null, 'warning']])
  })

  it('csv.no_header: rows without a header are not read, and not quoted', () => {
    const file = read('604863,Archer,09,mary@example.org\n604874,Hughes,09,kyle@example.org')
    expect(file.findings.map((finding) => finding.code)).toEqual(['csv.no_header'])
    expect(file.rows).toEqual([])
    expect(file.findings[0]?.message).not.toContain('Archer')
  })
})

describe('rows', () => {
  it('csv.ragged_row: too many values leave the row out and its neighbors in', () => {
    const text = `${HEADER}\n1,Nash,04,y\n2,Reyes, Ana,04,x\n3,Paz,,\n`
    expect(found(text)).toEqual([['csv.ragged_row', 3, null, 'error']])
    expect(read(text).rows.map((row) => row.values['sourcedId'])).toEqual(['1', '3'])
  })

  it('csv.ragged_row: blank values too many at the end are only a trailing comma', () => {
    const text = `${HEADER}\n1,Nash,04,x\n2,Paz,05,y,,\n3,Reyes,,,\n`
    expect(found(text)).toEqual([
      ['csv.ragged_row', 3, null, 'warning'],
      ['csv.ragged_row', 4, null, 'warning'],
    ])
    expect(read(text).rows[1]?.values).toEqual({
      sourcedId: '2',
      familyName: 'Paz',
      grades: '05',
      email: 'y',
    })
  })

  it('csv.ragged_row: but not when a comma ahead of them has shifted the values', () => {
    // No sound row has an e-mail address, so “04” in that column is a grade out of its place.
    const text = `${HEADER}\n1,Nash,04,\n2,Reyes, Ana,04,\n`
    expect(found(text)).toEqual([['csv.ragged_row', 3, 'email', 'error']])
    expect(read(text).rows.map((row) => row.line)).toEqual([2])
  })

  it('csv.ragged_row: nor when a value does not look like those of its column', () => {
    const expected = COLUMNS.map((column) => (column.name === 'email' ? { ...column, shape: /@/ } : column))
    const text = `${HEADER}\n1,Nash,04,a@b.example\n2,Reyes, Ana,04,\n3,Paz,05,c@d.example,\n`
    expect(found(text, { expected })).toEqual([
      ['csv.ragged_row', 3, 'email', 'error'],
      ['csv.ragged_row', 4, null, 'warning'],
    ])
  })

  it('csv.ragged_row: a trailing comma in every row is no doubt', () => {
    const file = read(`${HEADER}\n1,Nash,04,x,\n2,Paz,05,y,\n3,Kim,05,z,\n`)
    expect(file.rows).toHaveLength(3)
    expect(file.findings.map((finding) => finding.severity)).toEqual(['warning', 'warning', 'warning'])
  })

  it('csv.ragged_row: too few values, by whether what is missing is required', () => {
    const text = `${HEADER}\n1,Nash\n2\n3,Paz,04,x\n`
    expect(found(text)).toEqual([
      ['csv.ragged_row', 2, 'grades', 'warning'],
      ['csv.ragged_row', 3, 'familyName', 'error'],
    ])
    expect(read(text).rows.map((row) => row.values)).toEqual([
      { sourcedId: '1', familyName: 'Nash', grades: '', email: '' },
      { sourcedId: '3', familyName: 'Paz', grades: '04', email: 'x' },
    ])
  })

  it('csv.stray_quote: a quote mark inside an unquoted value', () => {
    const text = `${HEADER}\n1,Dwayne "Rocky" Nash,,\n`
    expect(found(text)).toEqual([['csv.stray_quote', 2, null, 'warning']])
    expect(read(text).rows[0]?.values['familyName']).toBe('Dwayne "Rocky" Nash')
  })

  it('csv.quotes: a quoted value that goes on after its quote', () => {
    const text = `${HEADER}\n1,"Rocky" Nash,,\n2,B,,\n`
    expect(found(text)).toEqual([['csv.quotes', 2, null, 'error']])
    expect(read(text).rows.map((row) => row.line)).toEqual([3])
  })

  it('csv.quotes: a quote that is never closed, and the rows before it', () => {
    const text = `${HEADER}\n1,A,,\n2,"Nash,,\n3,C,,\n`
    expect(found(text)).toEqual([['csv.quotes', 3, null, 'error']])
    expect(read(text).findings[0]?.message).toContain('Lines 3 to')
    expect(read(text).rows.map((row) => row.line)).toEqual([2])
  })

  it('csv.quotes: an open quote that meets the next quoted value swallows no row in silence', () => {
    const text = `${HEADER}\n1,"Nash,,\n2,B,,\n3,"Paz",,\n4,D,,\n`
    expect(found(text)).toEqual([['csv.quotes', 2, null, 'error']])
    expect(read(text).findings[0]?.message).toContain('Lines 2 to 4')
    expect(read(text).rows.map((row) => row.line)).toEqual([5])
  })
})

describe('files that are no CSV', () => {
  it('csv.empty', () => {
    expect(found('')).toEqual([['csv.empty', 0, null, 'error']])
    expect(found('\n\r\n ,, \n')).toEqual([['csv.empty', 0, null, 'error']])
  })

  it('csv.not_text: the workbook instead of its export', () => {
    expect(found(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0, 0))).toEqual([['csv.not_text', 0, null, 'error']])
  })

  it('csv.too_large', () => {
    expect(found(`${HEADER}\n1,Nash,,\n`, { maxBytes: 10 })).toEqual([['csv.too_large', 0, null, 'error']])
  })
})

describe('whatever comes', () => {
  const csvish = fc
    .array(fc.constantFrom('"', ',', ';', '\n', '\r', '\t', ' ', 'a', 'ñ', '\u0000', '1,Nash,,', HEADER), {
      maxLength: 40,
    })
    .map((parts) => utf8(parts.join('')))
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    csvish,
    fc.tuple(csvish, fc.uint8Array({ maxLength: 40 })).map(([a, b]) => joined(utf8(`${HEADER}\n`), a, b)),
  )

  it('never throws, and every row is either in or has an error with its line', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        const file = read(bytes)
        const bad = new Set(
          file.findings.filter((finding) => finding.severity === 'error').map((finding) => finding.row),
        )
        if (!file.usable) {
          expect(file.rows).toEqual([])
          expect(bad.size).toBeGreaterThan(0)
        } else {
          expect(file.rows.length + bad.size).toBe(file.facts.records)
          expect(file.rows.filter((row) => bad.has(row.line))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('every storable text survives a quoted cell, in UTF-8 and in UTF-16', () => {
    const cell = fc
      .string({ unit: 'binary', maxLength: 20 })
      .filter((text) => text.isWellFormed() && !text.includes('\u0000'))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), fc.boolean(), (cells, wide) => {
        const quoted = cells.map((text, i) => `${i},"${text.replaceAll('"', '""')}",,`)
        const text = [HEADER, ...quoted].join('\r\n')
        const bytes = wide ? joined(Uint8Array.of(0xff, 0xfe), utf16(text, true)) : utf8(text)
        expect(read(bytes).rows.map((row) => row.values['familyName'])).toEqual(cells)
      }),
      { numRuns: 300 },
    )
  })
})
