/** Posts that adults keep: where, in which block, how many adults, how many students for one. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { uuidv7 } from '../../../platform/core/ids.ts'
import { Button } from '../../../platform/web/kit/Button.tsx'
import { Card } from '../../../platform/web/kit/Card.tsx'
import { Dialog } from '../../../platform/web/kit/Dialog.tsx'
import { Select } from '../../../platform/web/kit/Select.tsx'
import { TextField } from '../../../platform/web/kit/TextField.tsx'
import { Done, type CalendarPage } from '../wire.ts'
import styles from './Calendar.module.css'
import { useChange } from './useChange.ts'

interface Props {
  readonly page: CalendarPage
  readonly onDone: () => void
}

export function CalendarPosts({ page, onDone }: Props) {
  const [adding, setAdding] = useState(false)
  const posts = page.posts.filter(({ to }) => to === null || to >= page.today)
  return (
    <section className={styles.section} aria-labelledby="posts">
      <div className={styles.head}>
        <h2 id="posts">
          <Trans>Posts</Trans>
        </h2>
        <span className={styles.grow} />
        <Button icon={Plus} onClick={() => setAdding(true)}>
          <Trans>Add a post</Trans>
        </Button>
      </div>
      <ul className={styles.posts}>
        {posts.map((post) => (
          <li key={post.id}>
            <Card as="article">
              <h3>{post.name}</h3>
              <p>
                {post.place} · {post.code} · <Plural value={post.minStaff} one="# adult" other="# adults" />
              </p>
              {post.ratio !== null && (
                <p className={styles.quiet}>
                  <Plural
                    value={post.ratio}
                    one="# student for one adult at most"
                    other="# students for one adult at most"
                  />
                </p>
              )}
            </Card>
          </li>
        ))}
      </ul>
      {adding && (
        <NewPost
          page={page}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false)
            onDone()
          }}
        />
      )}
    </section>
  )
}

function NewPost({ page, onClose, onDone }: Props & { readonly onClose: () => void }) {
  const { t } = useLingui()
  const [id] = useState(() => uuidv7(Date.now()))
  const [name, setName] = useState('')
  const [place, setPlace] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [adults, setAdults] = useState('1')
  const [ratio, setRatio] = useState('')
  const change = useChange(Done, `/api/schools/${page.school.id}/posts`)
  const codes = page.blocks.filter(({ variant }) => variant === 'regular')
  const save = async () => {
    const post = {
      id,
      name,
      place,
      code,
      ratio: ratio === '' ? null : Number(ratio),
      minStaff: Number(adults),
      from: page.today,
      to: null,
    }
    if (await change.send(post)) onDone()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Add a post`}
      actions={
        <Button
          variant="primary"
          busy={change.busy}
          disabled={name.trim() === '' || code === null}
          onClick={() => void save()}
        >
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className={styles.form}>
        <TextField label={t`Name`} value={name} onChange={setName} required />
        <TextField label={t`Place`} value={place} onChange={setPlace} />
        <Select
          label={t`Block`}
          placeholder={t`Choose`}
          options={codes.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }))}
          value={code}
          onChange={setCode}
        />
        <TextField label={t`Adults at least`} inputMode="numeric" value={adults} onChange={setAdults} />
        <TextField
          label={t`Students for one adult, at most`}
          inputMode="numeric"
          value={ratio}
          onChange={setRatio}
        />
        {change.failed !== null && <p role="alert">{change.failed}</p>}
      </div>
    </Dialog>
  )
}
