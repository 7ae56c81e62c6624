// What can be seen: colours and contrast computed from a screenshot's pixels.

const addressOf = (png) => `data:image/png;base64,${png.toString("base64")}`;

/** Reads pictures in a page of its own; the page under test is left alone. */
export async function openEye(browser) {
  const page = await browser.newPage();
  return {
    close: () => page.close(),
    /**
     * Of each box {x, y, width, height}: the colour most of it has, the contrast of what stands out most from that
     * (WCAG 2, 1 to 21), the same along its edge, and where what stands out lies, from the box's corner.
     */
    look: async (png, boxes) =>
      page.evaluate(
        async ([address, places]) => {
          const image = await createImageBitmap(await (await fetch(address)).blob());
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(image, 0, 0);
          const linear = (part) => (part <= 0.04045 * 255 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
          const luminance = (rgb) =>
            0.2126 * linear(rgb >> 16) + 0.7152 * linear((rgb >> 8) & 255) + 0.0722 * linear(rgb & 255);
          const contrast = (one, other) => {
            const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
          };
          return places.map((place) => {
            const [x, y] = [Math.max(0, Math.round(place.x)), Math.max(0, Math.round(place.y))];
            const width = Math.min(image.width, Math.round(place.x + place.width)) - x;
            const height = Math.min(image.height, Math.round(place.y + place.height)) - y;
            if (width < 1 || height < 1) return null;
            const { data } = context.getImageData(x, y, width, height);
            const counts = new Map();
            const pixels = [];
            for (let at = 0; at < data.length; at += 4) {
              const rgb = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
              pixels.push(rgb);
              counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
            }
            const [ground] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
            let best = 1;
            for (const rgb of counts.keys()) best = Math.max(best, contrast(rgb, ground));
            const ink = { left: width, top: height, right: -1, bottom: -1 };
            let edge = 1;
            pixels.forEach((rgb, at) => {
              const [column, row] = [at % width, Math.floor(at / width)];
              const isEdge = column < 3 || row < 3 || column >= width - 3 || row >= height - 3;
              if (isEdge) edge = Math.max(edge, contrast(rgb, ground));
              if (contrast(rgb, ground) < 2) return;
              ink.left = Math.min(ink.left, column);
              ink.right = Math.max(ink.right, column);
              ink.top = Math.min(ink.top, row);
              ink.bottom = Math.max(ink.bottom, row);
            });
            return { ground, contrast: best, edge, ink };
          });
        },
        [addressOf(png), boxes],
      ),
    /**
     * How far two pictures of one size are apart: where they differ most, 0 to 255 of red, green or blue; and how many
     * pixels of a million differ by more than a hundredth of that.
     */
    compare: async (...pictures) =>
      page.evaluate(async (addresses) => {
        const read = async (address) => {
          const image = await createImageBitmap(await (await fetch(address)).blob());
          const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        };
        const [one, other] = await Promise.all(addresses.map(read));
        if (one.length !== other.length) throw new Error("pictures of two sizes");
        let most = 0;
        let apart = 0;
        for (let at = 0; at < one.length; at += 4) {
          let here = 0;
          for (let part = at; part < at + 3; ++part) here = Math.max(here, Math.abs(one[part] - other[part]));
          most = Math.max(most, here);
          if (here > 2.55) ++apart;
        }
        return { most, apartOfMillion: (apart / (one.length / 4)) * 1e6 };
      }, pictures.map(addressOf)),
  };
}
