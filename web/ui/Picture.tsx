import { ImageOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import styles from './Picture.module.css'

export interface PictureProps {
  readonly src: string
  /** What it shows; empty beside words that say it. */
  readonly alt: string
  readonly className: string | undefined
  /** Stands there where it does not load; without one, a sign with what it would show. */
  readonly instead?: ReactNode
}

/** A picture from elsewhere; one that does not load leaves a quiet sign instead of the browser's broken one. */
export function Picture({ src, alt, className, instead }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null)
  if (broken !== src)
    return (
      <img
        className={className}
        src={src}
        alt={alt}
        loading="lazy"
        referrerPolicy="no-referrer"
        onError={() => setBroken(src)}
      />
    )
  if (instead !== undefined) return instead
  return (
    <span className={styles.missing} data-testid="picture-missing">
      <ImageOff size={18} strokeWidth={1.6} aria-hidden />
      {alt}
    </span>
  )
}
