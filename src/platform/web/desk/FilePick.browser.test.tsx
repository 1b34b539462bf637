import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeFindings, show } from '../kit/testing.tsx'
import { FilePick } from './FilePick.tsx'

afterEach(() => {
  delete document.documentElement.dataset['theme']
})

const LONG = 'attendance_of_the_whole_district_from_august_to_november_as_of_today_final_2.csv'

function Picked() {
  const [names, setNames] = useState<readonly string[]>([])
  const [times, setTimes] = useState(0)
  return (
    <main>
      <h1>Choosing</h1>
      <FilePick
        label="List"
        accept=".csv"
        chosen={names}
        onChoose={(files) => {
          setNames(files.map((file) => file.name))
          setTimes((before) => before + 1)
        }}
      />
      <p>{times} times</p>
    </main>
  )
}

describe('a file is chosen', () => {
  test.each(['light', 'dark'])(
    'by its button and the keyboard, again too, and named whole (%s)',
    async (theme) => {
      document.documentElement.dataset['theme'] = theme
      await page.viewport(390, 844)
      await show(<Picked />)
      const field = page.getByLabelText('List')
      await expect.element(field).toBeInTheDocument()
      await userEvent.tab()
      await expect.element(field).toHaveFocus()
      await expect.element(field).toHaveAccessibleName('List Choose a file')
      const file = new File(['a'], LONG, { type: 'text/csv' })
      await userEvent.upload(field, file)
      await expect.element(page.getByText(LONG)).toBeVisible()
      await expect.element(field).toHaveAccessibleDescription(LONG)
      // mended and chosen again: the browser would keep silent of the same name
      await userEvent.upload(field, file)
      await expect.element(page.getByText('2 times')).toBeVisible()
      expect(document.documentElement.scrollWidth).toBe(390)
      expect(field.element().getBoundingClientRect().height).toBeGreaterThanOrEqual(44)
      expect(await axeFindings()).toEqual([])
    },
  )
})
