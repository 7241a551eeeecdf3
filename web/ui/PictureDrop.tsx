import { ImagePlus, Loader2 } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import styles from './PictureDrop.module.css'

export interface PictureDropProps {
  readonly title: string
  readonly hint: ReactNode
  readonly busy: boolean
  readonly onFiles: (files: readonly File[]) => void
  /** Lower, where it stands above a list. */
  readonly small?: boolean
}

/** A place to drag pictures to, or to press and choose them. */
export function PictureDrop({ title, hint, busy, onFiles, small = false }: PictureDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length > 0) onFiles(files)
  }
  const Icon = busy ? Loader2 : ImagePlus
  return (
    <>
      <button
        type="button"
        className={[styles.drop, over ? styles.over : '', small ? styles.small : ''].join(' ')}
        data-testid="picture-drop"
        disabled={busy}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <Icon size={small ? 18 : 26} strokeWidth={1.5} className={busy ? styles.turning : ''} aria-hidden />
        <span>
          <strong>{title}</strong>
          <small>{hint}</small>
        </span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        hidden
        onChange={({ target }) => {
          take(target.files)
          target.value = ''
        }}
      />
    </>
  )
}
