import { Anchor, CircleAlert, Home, Pencil, Users } from 'lucide-react'
import { useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Button, IconButton } from './Button.tsx'
import { Card } from './Card.tsx'
import { Choice } from './Choice.tsx'
import { Dialog } from './Dialog.tsx'
import { EmptyState } from './EmptyState.tsx'
import { ButtonLink } from './Link.tsx'
import { SideNav, TabBar } from './Navigation.tsx'
import { Notice } from './Notice.tsx'
import { PageHeader } from './PageHeader.tsx'
import { Select } from './Select.tsx'
import { Switch } from './Switch.tsx'
import { SyncChip } from './SyncChip.tsx'
import { Tag } from './Tag.tsx'
import { axeFindings, show } from './testing.tsx'
import { TextField } from './TextField.tsx'
import { ToastProvider, useToasts } from './Toast.tsx'
import { VisuallyHidden } from './VisuallyHidden.tsx'
import { Who } from './Who.tsx'

afterEach(() => {
  delete document.documentElement.dataset['theme']
  delete document.documentElement.dataset['contrast']
})

/** Everything of the kit in every state, on one page. */
function Gallery() {
  return (
    <>
      <SideNav
        label="Places, wide"
        groups={[
          { items: [{ to: '/', label: 'Today', icon: Home }] },
          { heading: 'Students and goals', items: [{ to: '/students', label: 'Students', icon: Users }] },
        ]}
        brand={<p>Handrail</p>}
        foot={<SyncChip state="team" />}
      />
      <main>
        <PageHeader
          title="Kit"
          subtitle="Every part"
          back="/"
          tags={<Tag>B day</Tag>}
          actions={<Button>Act</Button>}
        />
        <Card emphasis as="section">
          <Button variant="primary" icon={Pencil}>
            Primary
          </Button>
          <Button>Secondary</Button>
          <Button variant="ghost">Ghost</Button>
          <Button variant="danger" size="pad">
            Danger
          </Button>
          <Button disabled>Disabled</Button>
          <Button busy>Busy</Button>
          <IconButton icon={Pencil} label="Edit" />
          <ButtonLink to="/">A link</ButtonLink>
        </Card>
        <Card>
          <Tag>neutral</Tag>
          <Tag tone="info">info</Tag>
          <Tag tone="wait" icon={CircleAlert}>
            wait
          </Tag>
          <Tag tone="ok">ok</Tag>
          <Tag tone="danger">danger</Tag>
          {[1, 2, 3, 4, 5, 6].map((color) => (
            <Who key={color} initials="A.M." color={color} />
          ))}
          <Who initials="B.K." color={2} size="s" />
          <Who initials="B.K." color={2} size="l" />
          <VisuallyHidden>unseen words</VisuallyHidden>
        </Card>
        <SyncChip state="team" />
        <SyncChip state="kept" count={12} offline />
        <SyncChip state="kept" count={1} offline={false} />
        <SyncChip state="needs_you" count={2} kept={3} />
        <SyncChip state="sign_in" />
        <Notice icon={CircleAlert}>Information</Notice>
        <Notice icon={CircleAlert} tone="wait" action={<Button>Do</Button>}>
          Something waits
        </Notice>
        <Notice icon={CircleAlert} tone="ok">
          Done
        </Notice>
        <Notice icon={CircleAlert} tone="danger">
          Danger
        </Notice>
        <Switch label="Flight mode" description="No network" on onChange={() => {}} />
        <Switch label="Off" on={false} onChange={() => {}} />
        <Choice
          legend="Theme"
          options={[
            { value: 'a', label: 'Light' },
            { value: 'b', label: 'Dark' },
          ]}
          value="a"
          onChange={() => {}}
        />
        <TextField label="Name" description="As written" value="" onChange={() => {}} />
        <TextField label="E-mail" type="email" value="x" onChange={() => {}} error="Not an address" />
        <Select
          label="Reason"
          placeholder="Choose"
          options={[{ value: 'one', label: 'One' }]}
          value={null}
          onChange={() => {}}
        />
        <EmptyState icon={Anchor} title="Nothing yet" action={<Button>Begin</Button>}>
          <p>Your goals stand here once the case manager publishes a plan.</p>
        </EmptyState>
      </main>
      <TabBar
        label="Places"
        items={[
          { to: '/', label: 'Today', icon: Home },
          { to: '/students', label: 'Students', icon: Users },
        ]}
      />
    </>
  )
}

describe('the whole kit', () => {
  test.each([
    ['light', undefined],
    ['dark', undefined],
    ['light', 'more'],
    ['dark', 'more'],
  ])('axe finds nothing in %s with contrast %s', async (theme, contrast) => {
    document.documentElement.dataset['theme'] = theme
    if (contrast) document.documentElement.dataset['contrast'] = contrast
    document.title = 'Kit'
    await show(<Gallery />)
    await expect.element(page.getByRole('heading', { name: 'Kit' })).toBeVisible()
    expect(await axeFindings()).toEqual([])
  })

  test('every control is at least 44 px in both directions, and 48 px high where it stands alone', async () => {
    await show(<Gallery />)
    await expect.element(page.getByRole('heading', { name: 'Kit' })).toBeVisible()
    for (const control of document.querySelectorAll<HTMLElement>('button, nav a, main a')) {
      if (control.offsetParent === null) continue
      const { width, height } = control.getBoundingClientRect()
      expect(height, control.outerHTML).toBeGreaterThanOrEqual(48)
      expect(width, control.outerHTML).toBeGreaterThanOrEqual(44)
    }
  })

  test('speaks Spanish', async () => {
    await show(<SyncChip state="team" />, { language: 'es' })
    await expect.element(page.getByText('Con el equipo')).toBeVisible()
    expect(document.documentElement.lang).toBe('es')
  })
})

describe('Button', () => {
  test('a busy button keeps the focus and takes no second press', async () => {
    const onClick = vi.fn()
    function Once() {
      const [busy, setBusy] = useState(false)
      return (
        <Button
          busy={busy}
          onClick={() => {
            onClick()
            setBusy(true)
          }}
        >
          Send
        </Button>
      )
    }
    await show(<Once />)
    const button = page.getByRole('button', { name: 'Send' })
    await button.click()
    await expect.element(button).toHaveAttribute('aria-busy', 'true')
    await userEvent.keyboard('{Enter}')
    expect(onClick).toHaveBeenCalledTimes(1)
    await expect.element(button).toHaveFocus()
  })
})

describe('Toast', () => {
  function Pad({ undone }: { undone: (n: number) => void }) {
    const toasts = useToasts()
    const [taps, setTaps] = useState(0)
    return (
      <>
        <button
          type="button"
          onClick={() => {
            const n = taps + 1
            setTaps(n)
            toasts.show({ text: `trial ${n}: alone`, undo: () => undone(n) })
          }}
        >
          tap
        </button>
        <input aria-label="note" />
      </>
    )
  }

  async function showPad() {
    const undone = vi.fn()
    await show(
      <ToastProvider>
        <Pad undone={undone} />
      </ToastProvider>,
    )
    return {
      undone,
      tap: page.getByRole('button', { name: 'tap' }),
      undo: page.getByRole('button', { name: 'Undo' }),
    }
  }

  test('is announced politely, takes the act back, and gives the focus back', async () => {
    const { undone, tap, undo } = await showPad()
    await tap.click()
    await expect.element(page.getByRole('status')).toHaveTextContent('trial 1: alone')
    await userEvent.tab()
    await userEvent.tab()
    await expect.element(undo).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(undone).toHaveBeenCalledExactlyOnceWith(1)
    await expect.element(undo).not.toBeInTheDocument()
    await expect.element(page.getByLabelText('note')).toHaveFocus()
  })

  test('goes after five seconds, but not while something rests on it', async () => {
    const { tap, undo } = await showPad()
    const begun = performance.now()
    await tap.click()
    // by the page's own watch: a busy machine takes its time to move the pointer
    const rests = { from: Number.NaN, until: Number.NaN }
    undo.element().addEventListener('pointerenter', () => (rests.from = performance.now()))
    undo.element().addEventListener('pointerleave', () => (rests.until = performance.now()))
    await undo.hover()
    await new Promise((resolve) => setTimeout(resolve, 5500))
    await expect.element(undo).toBeVisible()
    await tap.hover()
    await expect.element(undo, { timeout: 7000 }).not.toBeInTheDocument()
    const rested = rests.until - rests.from
    expect(rested).toBeGreaterThan(5000)
    expect(performance.now() - begun - rested).toBeGreaterThan(4900)
  }, 20_000)

  test('several acts stack: undoing the newest brings back the one before', async () => {
    const { undone, tap, undo } = await showPad()
    await tap.click()
    await tap.click()
    await expect.element(page.getByRole('status')).toHaveTextContent('trial 2: alone')
    await undo.click()
    await expect.element(page.getByRole('status')).toHaveTextContent('trial 1: alone')
    await undo.click()
    expect(undone.mock.calls).toEqual([[2], [1]])
  })

  test('Control+Z takes the act back, except while typing', async () => {
    const { undone, tap } = await showPad()
    await tap.click()
    await page.getByLabelText('note').click()
    await userEvent.keyboard('{Control>}z{/Control}')
    expect(undone).not.toHaveBeenCalled()
    await tap.click()
    await userEvent.keyboard('{Control>}z{/Control}')
    expect(undone).toHaveBeenCalledExactlyOnceWith(2)
  })
})

describe('Dialog', () => {
  function Asking() {
    const [open, setOpen] = useState(false)
    return (
      <main>
        <Button onClick={() => setOpen(true)}>Ask</Button>
        <Dialog open={open} onClose={() => setOpen(false)} title="A question" actions={<Button>Yes</Button>}>
          <p>Some words.</p>
        </Dialog>
      </main>
    )
  }

  test('takes the focus, keeps it, gives it back; axe finds nothing', async () => {
    document.title = 'Dialog'
    await show(<Asking />)
    const ask = page.getByRole('button', { name: 'Ask' })
    await ask.click()
    const dialog = page.getByRole('dialog', { name: 'A question' })
    await expect.element(dialog).toBeVisible()
    expect(await axeFindings()).toEqual([])
    for (let n = 0; n < 5; n++) {
      await userEvent.tab()
      expect(dialog.element().contains(document.activeElement)).toBe(true)
    }
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog).not.toBeInTheDocument()
    await expect.element(ask).toHaveFocus()
  })
})

describe('Select', () => {
  test('is chosen from by keyboard', async () => {
    const chosen = vi.fn()
    await show(
      <Select
        label="Reason"
        placeholder="Choose"
        options={[
          { value: 'mis_tap', label: 'Wrong key' },
          { value: 'wrong_time', label: 'Wrong time' },
        ]}
        value={null}
        onChange={chosen}
      />,
    )
    // a page that nobody has touched yet may leave the first Tab to the browser
    const trigger = page.getByRole('button', { name: /Reason/ })
    await userEvent.hover(trigger)
    ;(trigger.element() as HTMLElement).focus()
    await expect.element(trigger).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('option', { name: 'Wrong key' })).toBeVisible()
    await userEvent.keyboard('{ArrowDown}{Enter}')
    expect(chosen).toHaveBeenCalledExactlyOnceWith('wrong_time')
  })
})

describe('Switch and Choice', () => {
  test('answer to one press, by pointer or keyboard', async () => {
    const onSwitch = vi.fn()
    const onChoice = vi.fn()
    await show(
      <>
        <Switch label="Flight mode" on={false} onChange={onSwitch} />
        <Choice
          legend="Theme"
          options={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          value="light"
          onChange={onChoice}
        />
      </>,
    )
    await page.getByRole('switch', { name: 'Flight mode' }).click()
    expect(onSwitch).toHaveBeenCalledExactlyOnceWith(true)
    await userEvent.tab()
    await userEvent.keyboard('{ArrowRight}')
    expect(onChoice).toHaveBeenCalledExactlyOnceWith('dark')
  })
})
