import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import { readPicture, typeOf } from './picture.ts'

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } })

async function refused(bytes: Uint8Array): Promise<string> {
  try {
    await readPicture(bytes)
    return 'taken'
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

describe('a picture that comes in', () => {
  test('is what its first bytes say, whatever it is called', async () => {
    expect(typeOf(await plain(4, 4).png().toBuffer())).toBe('image/png')
    expect(typeOf(await plain(4, 4).jpeg().toBuffer())).toBe('image/jpeg')
    expect(typeOf(await plain(4, 4).gif().toBuffer())).toBe('image/gif')
    expect(typeOf(await plain(4, 4).webp().toBuffer())).toBe('image/webp')
  })

  test('is no script, page or drawing with a script in it', async () => {
    const texts = [
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      '<?xml version="1.0"?><svg onload="alert(1)"/>',
      '<html><script>alert(1)</script></html>',
      '#!/bin/sh\nrm -rf /',
      '%PDF-1.7',
      '',
    ]
    for (const text of texts)
      expect([text, await refused(Buffer.from(text))]).toEqual([text, 'asset-not-picture'])
  })

  test('that only begins like one is refused', async () => {
    const head = (await plain(64, 64).png().toBuffer()).subarray(0, 40)
    expect(await refused(Buffer.concat([head, Buffer.from('<script>alert(1)</script>')]))).toBe(
      'asset-broken',
    )
    expect(await refused(Buffer.from('GIF89a/*<script>*/=1;alert(1)'))).toBe('asset-broken')
  })

  test('loses whatever stands behind its pixels, and where it was taken', async () => {
    const taken = await plain(40, 20)
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer()
    const { data } = await readPicture(Buffer.concat([taken, Buffer.from('<script>alert(1)</script>')]))
    const kept = Buffer.from(data).toString('latin1')
    expect(kept).not.toContain('script')
    expect(kept).not.toContain('somebody')
  })

  test('is made smaller to what a phone shows, and never larger', async () => {
    const { width, height, type } = await readPicture(await plain(4000, 1000).jpeg().toBuffer())
    expect({ width, height, type }).toEqual({ width: 2048, height: 512, type: 'image/jpeg' })
    expect(await readPicture(await plain(30, 20).png().toBuffer())).toMatchObject({ width: 30, height: 20 })
  })

  test('of more pixels than can be opened is refused unopened', async () => {
    const bomb = await plain(9000, 9000).png().toBuffer()
    expect(bomb.byteLength).toBeLessThan(2_000_000)
    expect(await refused(bomb)).toBe('asset-broken')
  })

  test('has the same name each time', async () => {
    const bytes = await plain(8, 8).png().toBuffer()
    const [a, b] = [await readPicture(bytes), await readPicture(bytes)]
    expect(a.hash).toMatch(/^[0-9a-f]{64}$/)
    expect(a.hash).toBe(b.hash)
  })
})
